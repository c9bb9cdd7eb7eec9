import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { CustomerId } from '#shared/ids.ts'
import { cardWith, open, serverOf, settled } from '../replies/testing.ts'
import SaidPromise from './SaidPromise.vue'

const server = serverOf({})
vi.mock('#web/lib/api.ts', async (original) => ({
  ...(await original<object>()),
  call: (...args: Parameters<typeof server.call>) => server.call(...args),
}))
const toasts: { text: string; action?: { label: string; run: () => void }; tone?: string }[] = []
vi.mock('#web/ui/toast.ts', () => ({
  useToast: () => ({ show: (toast: (typeof toasts)[number]) => void toasts.push(toast) }),
}))
beforeAll(() => import('#web/stores/queue-work.ts'))

const TASK = 'post /api/customers/:customerId/tasks'
let opened: ReturnType<typeof open>['page'] | undefined
function said(text: string, customer = 'wmA') {
  opened?.unmount()
  const about = { id: customer as CustomerId, name: '李静文' }
  const { page, view } = open(SaidPromise, cardWith(), { member: 'rep-a', about, said: { text } })
  opened = page
  const line = () => document.body.querySelector<HTMLElement>('.offer')
  const tap = async (nth: number) => {
    line()!.querySelectorAll('button')[nth]!.click()
    await settled()
  }
  return { line, tap, view }
}

beforeEach(() => {
  localStorage.clear()
  toasts.length = 0
  server.asked.length = 0
  server.answers[TASK] = (input: object) => ({ ...input, state: 'open' })
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-28T14:00:00+08:00') })
})
afterEach(() => {
  opened?.unmount()
  vi.useRealTimers()
})

test('a promise in what was sent is a task with one tap, told to have been promised in a message', async () => {
  const { line, tap, view } = said('好的，明天发您色卡～')
  expect(line()?.textContent).toContain('听起来答应了客户：明天发客户色卡 · 11-29 周日 提醒我')
  await tap(0)
  expect(server.to(TASK)).toMatchObject([
    {
      customerId: 'wmA',
      title: '明天发客户色卡',
      dueAt: '2026-11-29T02:00:00.000Z',
      remind: true,
      promisedFrom: 'send',
    },
  ])
  expect(line()).toBeNull()
  expect(view.emitted('done')).toHaveLength(1)
  expect(toasts.at(-1)).toMatchObject({ text: '已记为待办，11-29 周日 提醒你', action: { label: '撤销' } })
})

test('until an event the day is a proposal, and says so', () => {
  expect(said('到货通知您').line()?.textContent).toContain('到货通知客户 · 没说哪天，先 12-01 周二 提醒我')
})

test('waved away it is not asked again for the same words of this customer; another customer is another promise', async () => {
  const first = said('明天发您色卡')
  await first.tap(1)
  expect(first.line()).toBeNull()
  expect(said('明天发您色卡').line()).toBeNull()
  expect(said('明天发您色卡', 'wmB').line()).not.toBeNull()
  expect(said('后天发您色卡').line()).not.toBeNull()
  expect(JSON.stringify(localStorage)).not.toContain('色卡')
  expect(server.to(TASK)).toEqual([])
})

test('what holds no promise is left alone', () => {
  expect(said('您明天发我尺寸').line()).toBeNull()
  expect(said('昨天发您了').line()).toBeNull()
})
