import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'
import { streamOf } from '../drafts/testing.ts'
import { cardWith, open, serverOf } from '../replies/testing.ts'
import NoteSheet from './NoteSheet.vue'

const server = serverOf({
  'get /api/assistant': () => ({ state: 'on', left: 5, most: 100 }),
  'get /api/customers/:customerId/note-kit': () => ({ templates: [], colleagues: [] }),
})
const stream = streamOf()
vi.mock('#web/lib/api.ts', async (original) => ({
  ...(await original<object>()),
  call: (...args: Parameters<typeof server.call>) => server.call(...args),
}))
vi.mock('#web/lib/stream.ts', () => ({
  callStream: (...args: Parameters<typeof stream.callStream>) => stream.callStream(...args),
}))
let opened: ReturnType<typeof open>['page'] | undefined
afterEach(() => opened?.unmount())

const button = (name: string) =>
  [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === name)
const field = (label: string) => document.querySelector<HTMLTextAreaElement>(`textarea[aria-label="${label}"]`)
async function tap(name: string) {
  button(name)!.click()
  await flushPromises()
}
async function type(label: string, text: string) {
  field(label)!.value = text
  field(label)!.dispatchEvent(new Event('input'))
  await flushPromises()
}

test('what was pasted becomes the note’s text behind what is there; the rep reads and saves it', async () => {
  opened = open(NoteSheet, cardWith()).page
  await flushPromises()
  await type('跟进内容', '今天聊了')
  await tap('从对话整理')
  await type('粘贴和客户的对话', '客户：周六来试')
  await tap('整理成跟进')
  expect(stream.asked).toEqual([{ customerId: 'wmA', mode: 'note', text: '客户：周六来试' }])
  stream.tell(
    { type: 'started', left: 4 },
    { type: 'done', text: '客户周六来试。', sources: [{ id: 'P1', kind: 'text', label: '你粘贴的内容' }] },
  )
  await flushPromises()
  expect(field('跟进内容')!.value).toBe('今天聊了\n客户周六来试。')
  expect(document.body.textContent).toContain('已填进跟进，看过再保存 · 依据：你粘贴的内容')
  expect(field('粘贴和客户的对话')).toBeNull()
  expect(server.asked.map(({ path }) => path).filter((path) => path.startsWith('post'))).toEqual([])
})
