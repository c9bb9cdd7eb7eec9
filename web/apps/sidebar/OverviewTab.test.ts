import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Aside } from '#shared/aside.ts'
import type { CustomerCard } from '#shared/customers.ts'
import { NoteId, TaskId } from '#shared/ids.ts'
import type { NextAction } from '#shared/next.ts'
import { ApiError } from '#web/lib/api.ts'
import { cardWith, open, replyWith, serverOf } from '#web/features/replies/testing.ts'
import OverviewTab from './OverviewTab.vue'

const server = serverOf({})
vi.mock('#web/lib/api.ts', async (original) => ({
  ...(await original<object>()),
  call: (...args: Parameters<typeof server.call>) => server.call(...args),
}))
const ASIDE = 'get /api/customers/:customerId/aside'
const SETTLE = 'put /api/customers/:customerId/next'
const task = {
  id: TaskId.parse('00000000-0000-4000-8000-000000000001'),
  title: '发报价',
  dueAt: '2026-01-04T02:00:00Z',
  remindAt: null,
  repeat: null,
  state: 'open' as const,
  createdAt: '2026-01-01T02:00:00Z',
  settledAt: null,
}
const returned = NoteId.parse('00000000-0000-4000-8000-000000000002')
const nextOf = (more: Partial<NextAction>): NextAction => ({
  kind: 'cold',
  fact: 'x',
  at: '2026-01-01T02:00:00Z',
  days: 40,
  about: null,
  task: null,
  noteId: null,
  ...more,
})
let opened: ReturnType<typeof open>['page'] | undefined

async function home(card: Partial<CustomerCard>, aside: Aside | 'offline') {
  server.answers[ASIDE] = () => {
    if (aside === 'offline') throw new ApiError('offline', '没有网络')
    return aside
  }
  const { page, view, pinia } = open(OverviewTab, cardWith({ version: 'x', ...card }))
  opened = page
  await vi.dynamicImportSettled()
  await flushPromises()
  await flushPromises()
  return {
    page,
    view,
    pinia,
    labels: () => page.findAll('section[aria-label]').map((one) => one.attributes('aria-label')),
  }
}
beforeEach(() => {
  server.asked.length = 0
  server.answers[SETTLE] = () => ({ ok: true })
})
afterEach(() => opened?.unmount())

test('a promise in the line is not shown a second time below; opening it is taking it up', async () => {
  const { page, view, labels } = await home({ task }, { next: nextOf({ kind: 'overdue', fact: 'f', task }) })
  expect(labels()).toContain('下一步')
  expect(labels()).not.toContain('待办')
  await page.get('section[aria-label="下一步"] .open').trigger('click')
  expect(view.emitted('task')).toEqual([[task]])
  expect(server.to(SETTLE)).toEqual([{ customerId: 'wmA', kind: 'overdue', fact: 'f', outcome: 'taken' }])
})

test('a promise of another day keeps its own row under another line', async () => {
  const { labels } = await home({ task }, { next: nextOf({}) })
  expect(labels().filter((label) => label === '下一步' || label === '待办')).toEqual(['下一步', '待办'])
})

test('a returned note is one line, which opens it', async () => {
  const { page, view, labels } = await home({ returned }, { next: nextOf({ kind: 'returned', noteId: returned }) })
  expect(labels().filter((label) => label === '主管退回了一条跟进')).toEqual([])
  await page.get('section[aria-label="下一步"] button.row').trigger('click')
  expect(view.emitted('note')).toEqual([[returned]])
})

test('without the assistant the home stands as the card tells it', async () => {
  const { labels } = await home({ task, returned }, 'offline')
  expect(labels()).toEqual(expect.arrayContaining(['主管退回了一条跟进', '待办']))
  expect(labels()).not.toContain('下一步')
})

test('what the card knows to be over is not said any more', async () => {
  const { labels } = await home({ task: null }, { next: nextOf({ kind: 'overdue', task }) })
  expect(labels()).not.toContain('下一步')
})

test('who went cold leads to the replies at a word that some reply holds', async () => {
  server.answers['get /api/replies'] = () => ({ replies: [replyWith({ title: '新品预告' })], folders: [] })
  const { page, view } = await home({}, { next: nextOf({}) })
  await page.get('section[aria-label="下一步"] button.row').trigger('click')
  await flushPromises()
  expect(view.emitted('replies')).toEqual([['新品']])
})
