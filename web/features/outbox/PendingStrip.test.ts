import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { CustomerId } from '#shared/ids.ts'
import type { PendingWrite } from '#shared/outbox.ts'
import { ApiError } from '#web/lib/api.ts'
import { cardWith, open, serverOf } from '../replies/testing.ts'
import PendingStrip from './PendingStrip.vue'

const server = serverOf({})
vi.mock('#web/lib/api.ts', async (original) => ({
  ...(await original<object>()),
  call: (...args: Parameters<typeof server.call>) => server.call(...args),
}))
const toasts: { text: string }[] = []
vi.mock('#web/ui/toast.ts', () => ({
  useToast: () => ({ show: (toast: { text: string }) => void toasts.push(toast) }),
}))

const RETRY = 'post /api/customers/:customerId/outbox/retry'
const DROP = 'post /api/customers/:customerId/outbox/:entryId/drop'
const write = (id: string, more: Partial<PendingWrite> = {}): PendingWrite => ({
  ...{ id, kind: 'tags', state: 'waiting', message: null, createdAt: '2026-01-05T01:00:00Z' },
  ...more,
})
let opened: ReturnType<typeof open>['page'] | undefined
function strip(outbox: PendingWrite[]) {
  const { page, view } = open(PendingStrip, cardWith(), { customerId: 'wmA' as CustomerId, outbox })
  opened = page
  const press = async (name: string) => {
    await view
      .findAll('button')
      .find((button) => button.text() === name)!
      .trigger('click')
    await flushPromises()
  }
  return { view, press }
}
beforeEach(() => {
  toasts.length = 0
  server.asked.length = 0
  Object.assign(server.answers, { [RETRY]: () => ({ outbox: [] }), [DROP]: () => ({ outbox: [] }) })
})
afterEach(() => opened?.unmount())

test('what waits for WeCom is named, can be brought now, and the last of it taken back', async () => {
  const { view, press } = strip([write('1'), write('2', { kind: 'remark' })])
  expect(view.get('[role=status]').text()).toContain('等待同步到企业微信：标签、备注资料')
  await press('现在同步')
  expect(server.to(RETRY)).toEqual([{ customerId: 'wmA' }])
  await press('撤销')
  expect(server.to(DROP)).toEqual([{ customerId: 'wmA', entryId: '2' }])
})

test('what WeCom refused stays with its reason until it is read', async () => {
  const { view, press } = strip([write('7', { state: 'failed', message: 'TA 已不是你的客户（错误码 84061）' })])
  expect(view.get('[role=alert]').text()).toContain('标签没写进企业微信，已还原：TA 已不是你的客户（错误码 84061）')
  await press('知道了')
  expect(server.to(DROP)).toEqual([{ customerId: 'wmA', entryId: '7' }])
})

test('a change that cannot be taken back at this moment says so', async () => {
  server.answers[DROP] = () => {
    throw new ApiError('conflict', '正在写进企业微信，请过几秒再试')
  }
  const { press } = strip([write('1')])
  await press('撤销')
  expect(toasts[0]?.text).toContain('正在写进企业微信，请过几秒再试')
})
