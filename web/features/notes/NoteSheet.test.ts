import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { cardWith, open, serverOf, settled } from '../replies/testing.ts'
import NoteSheet from './NoteSheet.vue'

const server = serverOf({})
vi.mock('#web/lib/api.ts', async (original) => ({
  ...(await original<object>()),
  call: (...args: Parameters<typeof server.call>) => server.call(...args),
}))
vi.mock('#web/ui/toast.ts', () => ({ useToast: () => ({ show: () => undefined }) }))
vi.mock('#web/lib/drafts.ts', () => ({ readDraft: async () => undefined, writeDraft: async () => undefined }))
beforeAll(() => import('#web/stores/queue-work.ts'))

const NOTE = 'post /api/customers/:customerId/notes'
let opened: ReturnType<typeof open>['page'] | undefined
async function sheet(text: string) {
  const { page } = open(NoteSheet, cardWith())
  opened = page
  await settled()
  const field = document.body.querySelector('textarea')!
  const write = async (words: string) => {
    field.value = words
    field.dispatchEvent(new Event('input'))
    await settled()
  }
  await write(text)
  const line = () => document.body.querySelector<HTMLElement>('.offer')
  const tap = async (nth: number) => {
    line()!.querySelectorAll('button')[nth]!.click()
    await settled()
  }
  const save = async () => {
    ;[...document.body.querySelectorAll('button')].find((one) => one.textContent?.includes('保存跟进'))!.click()
    await settled()
    return (server.to(NOTE).at(-1) as { next: Record<string, unknown> | null } | undefined)?.next
  }
  return { line, tap, save, write }
}
beforeEach(() => {
  localStorage.clear()
  server.asked.length = 0
  server.answers[NOTE] = () => ({ note: {}, task: null })
  server.answers['get /api/customers/:customerId/note-kit'] = () => ({ templates: [], colleagues: [] })
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-28T14:00:00+08:00') })
})
afterEach(() => {
  opened?.unmount()
  vi.useRealTimers()
})

test('a promise in a note becomes its next step with one tap: one task, in the promise’s words', async () => {
  const { line, tap, save } = await sheet('周六来过，很喜欢。答应她明天发色卡')
  expect(line()?.textContent).toContain('听起来答应了客户：明天发色卡')
  await tap(0)
  expect(line()).toBeNull()
  expect(document.body.textContent).toContain('记为承诺：明天发色卡')
  expect(await save()).toMatchObject({ title: '明天发色卡', dueAt: '2026-11-29T02:00:00.000Z', promisedFrom: 'note' })
})

test('a promise until an event, where no day is named, is proposed in three days', async () => {
  const { tap, save } = await sheet('想要象牙白，到货通知她')
  await tap(0)
  expect(await save()).toMatchObject({ title: '到货通知客户', dueAt: '2026-12-01T02:00:00.000Z', promisedFrom: 'note' })
})

test('waved away, the next step stays what it was, and the same words are not asked about again', async () => {
  const { line, tap, save, write } = await sheet('答应她明天发色卡')
  await tap(1)
  expect(line()).toBeNull()
  await write('答应她明天发色卡，她很高兴')
  expect(line()).toBeNull()
  const step = await save()
  expect(step).toMatchObject({ title: '答应她明天发色卡，她很高兴' })
  expect(step).not.toHaveProperty('promisedFrom')
})

test('no promise, no line', async () => {
  expect((await sheet('她说明天发我地址')).line()).toBeNull()
})
