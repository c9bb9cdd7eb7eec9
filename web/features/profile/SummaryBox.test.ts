import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'
import { streamOf } from '../drafts/testing.ts'
import { cardWith, open, serverOf } from '../replies/testing.ts'
import SummaryBox from './SummaryBox.vue'

const server = serverOf({ 'get /api/assistant': () => ({ state: 'on', left: 5, most: 100 }) })
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

test('a summary says that customers do not see it, and stands in a field with its sources', async () => {
  const { page } = open(SummaryBox, cardWith(), { customerId: 'wmA' })
  opened = page
  await flushPromises()
  expect(page.text()).toContain('客户看不到')
  await page.get('button').trigger('click')
  await flushPromises()
  expect(stream.asked).toEqual([{ customerId: 'wmA', mode: 'summary', text: '' }])
  const sources = [{ id: 'O1', kind: 'order' as const, label: '2026-01-03 的订单' }]
  stream.tell({ type: 'started', left: 4 }, { type: 'done', text: '1月3日买了马克杯。', sources })
  await flushPromises()
  expect((page.get('textarea').element as HTMLTextAreaElement).value).toBe('1月3日买了马克杯。')
  expect(page.text()).toContain('依据：2026-01-03 的订单')
})
