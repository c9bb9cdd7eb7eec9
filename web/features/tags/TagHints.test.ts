import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { CustomerId, NoteId, TagId } from '#shared/ids.ts'
import type { TagHint } from '#shared/tag-hints.ts'
import type { CustomerTag, TagGroup } from '#shared/tags.ts'
import { ApiError } from '#web/lib/api.ts'
import { cardWith, open, serverOf, settled } from '../replies/testing.ts'
import TagSheet from './TagSheet.vue'

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

const MARK = 'post /api/customers/:customerId/tags'
const HINTS = 'get /api/customers/:customerId/tag-hints'
const ANSWER = 'put /api/customers/:customerId/tag-hints'
const tag = (id: string, name: string) => ({ id: id as TagId, name, pinyin: name, initials: name })
const groups: TagGroup[] = [
  {
    ...{ id: 'g1', name: '意向', tone: 'b', singleChoice: false, open: true },
    tags: [tag('t1', '下午茶'), tag('t2', 'VIP'), tag('t3', '喜欢红色')],
  },
]
const hint = (id: string, name: string, because: TagHint['because']): TagHint => ({
  ...{ id: id as TagId, name, group: '意向', tone: 'b' },
  because,
})
const TEA = hint('t1', '下午茶', [{ kind: 'tag', name: 'VIP', share: 0.62, both: 48, usual: 0.11 }])
const RED = hint('t3', '喜欢红色', [
  { kind: 'note', note: 'n1' as NoteId, at: '2026-01-02T02:00:00Z', excerpt: '试衣时说喜欢红色' },
])
const on = (id: string, name: string): CustomerTag => ({ id: id as TagId, name, group: '意向', tone: 'b' })

let opened: ReturnType<typeof open>['page'] | undefined
async function sheet(hints: TagHint[]) {
  server.answers[HINTS] = () => ({ hints })
  const { page, view, shown } = open(TagSheet, cardWith(), { customerId: 'wmA' as CustomerId })
  opened = page
  await settled()
  const section = () => document.body.querySelector<HTMLElement>('section[aria-label="建议"]')
  const button = (name: string) =>
    [...(section()?.querySelectorAll('button') ?? [])].find((one) =>
      (one.getAttribute('aria-label') ?? one.textContent ?? '').includes(name),
    )!
  return { view, section, button, names: () => shown().tags.map((one) => one.name) }
}

let wecom: CustomerTag[] = []
beforeEach(() => {
  toasts.length = 0
  server.asked.length = 0
  wecom = []
  Object.assign(server.answers, {
    'get /api/customers/:customerId/tag-library': () => ({ groups, suggested: [], asOf: '2026-01-05T01:00:00Z' }),
    [MARK]: ({ add, remove }: { add: TagId[]; remove: TagId[] }) => {
      wecom = [...wecom.filter((one) => one.id && !remove.includes(one.id)), ...add.map((id) => on(id, '下午茶'))]
      return { tags: wecom, waiting: false }
    },
    [ANSWER]: () => ({ ok: true }),
  })
})
afterEach(() => opened?.unmount())

test('a suggestion says why, is put on like any other tag with an undo, and the acceptance is told', async () => {
  const { section, button, names } = await sheet([TEA])
  expect(section()?.textContent).toContain('有「VIP」的客户里 62% 也有这个标签（共 48 人），平常是 11%')
  button('下午茶').click()
  await settled()
  expect(names()).toEqual(['下午茶'])
  expect(section()).toBeNull()
  expect(server.to(MARK)).toEqual([{ customerId: 'wmA', add: ['t1'], remove: [] }])
  expect(server.to(ANSWER)).toEqual([{ customerId: 'wmA', tag: 't1', answer: 'accepted' }])
  toasts.at(-1)?.action?.run()
  await settled()
  expect(names()).toEqual([])
})

test('“not so” takes it away for 30 days, and can be taken back', async () => {
  const { section, button } = await sheet([TEA, RED])
  button('「下午茶」不合适').click()
  await settled()
  expect(section()?.textContent).not.toContain('下午茶')
  expect(section()?.textContent).toContain('喜欢红色')
  expect(toasts.at(-1)).toMatchObject({ text: '30 天内不再建议「下午茶」' })
  toasts.at(-1)?.action?.run()
  await settled()
  expect(section()?.textContent).toContain('下午茶')
  expect(server.to(ANSWER).map((one) => one['answer'])).toEqual(['rejected', null])
})

test('an answer that is not kept brings the suggestion back, with the reason', async () => {
  server.answers[ANSWER] = () => {
    throw new ApiError('offline', '没有网络')
  }
  const { section, button } = await sheet([TEA])
  button('「下午茶」不合适').click()
  await settled()
  expect(section()?.textContent).toContain('下午茶')
  expect(toasts.at(-1)).toMatchObject({ tone: 'bad', text: expect.stringContaining('网络断了') })
})

test('a note that is the reason opens with a tap', async () => {
  const { view, button } = await sheet([RED])
  button('试衣时说喜欢红色').click()
  expect(view.emitted('note')).toEqual([['n1']])
})

test('nothing to suggest, or none to be had: no section', async () => {
  expect((await sheet([])).section()).toBeNull()
  opened?.unmount()
  server.answers[HINTS] = () => {
    throw new ApiError('internal', 'x')
  }
  const { page } = open(TagSheet, cardWith(), { customerId: 'wmA' as CustomerId })
  opened = page
  await settled()
  expect(document.body.querySelector('section[aria-label="建议"]')).toBeNull()
  expect(document.body.textContent).toContain('下午茶')
})
