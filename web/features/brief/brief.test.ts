import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Brief, BriefLine } from '#shared/brief.ts'
import { CustomerId } from '#shared/ids.ts'
import { ApiError } from '#web/lib/api.ts'
import { cardWith, open, serverOf } from '../replies/testing.ts'
import BriefSheet from './BriefSheet.vue'
import BriefView from './BriefView.vue'
import HandoverLine from './HandoverLine.vue'

const server = serverOf({})
vi.mock('#web/lib/api.ts', async (original) => ({
  ...(await original<object>()),
  call: (...args: Parameters<typeof server.call>) => server.call(...args),
}))
const GET = 'get /api/customers/:customerId/brief'
const PRINT = 'post /api/customers/:customerId/brief/print'

const line = (part: BriefLine['part'], text: string, more: Partial<BriefLine> = {}): BriefLine => ({
  id: `${part}-${text}`,
  part,
  text,
  record: { kind: 'note', id: 'n1', mine: true },
  more: `${text}，全文`,
  at: '2026-03-01T02:00:00Z',
  by: null,
  secret: false,
  ...more,
})
const brief: Brief = {
  customerId: CustomerId.parse('wmA'),
  name: '李静文',
  followerName: '小陈',
  lines: [
    line('who', '李静文，01-02 起', { record: { kind: 'follow', id: 'wmA', mine: true } }),
    line('needs', '想买表', { secret: true }),
    line('donts', '别打电话', { by: '王磊', record: { kind: 'note', id: 'n2', mine: false } }),
  ],
  readAt: '2026-03-02T02:00:00Z',
}
const opens = ({ record }: BriefLine) => record.mine
const view = () => mount(BriefView, { props: { brief, opens, printing: false } })
let opened: ReturnType<typeof open>['page'] | undefined

beforeEach(() => {
  server.asked.length = 0
  Object.assign(server.answers, {
    [GET]: () => brief,
    [PRINT]: () => ({ by: '小陈', at: '2026-03-02T03:00:00Z' }),
    'put /api/customers/:customerId/brief/dismissed': () => ({ ok: true }),
  })
})
afterEach(() => {
  opened?.unmount()
  vi.restoreAllMocks()
})

describe('the lines', () => {
  test('stand under their headings, and say where each is from', () => {
    const page = view()
    expect(page.findAll('h3').map((one) => one.text())).toEqual(['是谁', '要什么', '别做什么'])
    expect(page.text()).toContain('跟进 03-01 王磊')
    expect(page.text()).toContain('仅自己，不打印')
  })

  test('one with a place of its own leads there; another’s note unfolds where it stands', async () => {
    const page = view()
    const [, mine, theirs] = page.findAll('button.line')
    await mine!.trigger('click')
    expect(page.emitted<[BriefLine]>('open')![0]![0].text).toBe('想买表')
    expect(page.text()).not.toContain('全文')
    await theirs!.trigger('click')
    expect(page.text()).toContain('别打电话，全文')
    expect(theirs!.attributes('aria-expanded')).toBe('true')
  })
})

describe('the sheet', () => {
  const sheet = async () => {
    opened = open(BriefSheet, cardWith(), { customerId: 'wmA', name: '李静文', opens }).page
    await flushPromises()
    return [...document.body.querySelectorAll('button')].find((one) => one.textContent?.trim() === '打印')
  }

  test('is printed once that is recorded: a paper with who and when, without what is private', async () => {
    const printed = vi.fn()
    vi.stubGlobal('print', printed)
    const button = await sheet()
    button!.click()
    await flushPromises()
    expect(server.to(PRINT)).toEqual([{ customerId: 'wmA' }])
    expect(printed).toHaveBeenCalledOnce()
    const paper = document.querySelector('.brief-paper')!
    expect(paper.querySelector('footer')!.textContent).toBe('仅供内部使用 · 小陈 打印于 2026-03-02 11:00')
    expect(paper.textContent).toContain('别打电话')
    expect(paper.textContent).not.toContain('想买表')
    window.dispatchEvent(new Event('afterprint'))
    await flushPromises()
    expect(document.querySelector('.brief-paper')).toBeNull()
  })

  test('what could not be recorded is not printed', async () => {
    const printed = vi.fn()
    vi.stubGlobal('print', printed)
    server.answers[PRINT] = () => {
      throw new ApiError('not_found', '没有找到这位客户')
    }
    const button = await sheet()
    button!.click()
    await flushPromises()
    expect(printed).not.toHaveBeenCalled()
    expect(document.querySelector('.brief-paper')).toBeNull()
  })

  test('where it does not load it says so, and tries again', async () => {
    server.answers[GET] = () => {
      throw new ApiError('offline', '没有网络')
    }
    await sheet()
    expect(document.body.querySelector('[role=alert]')!.textContent).toContain('没取到')
    server.answers[GET] = () => brief
    document.body.querySelector<HTMLButtonElement>('[role=alert] button')!.click()
    await flushPromises()
    expect(document.body.textContent).toContain('别打电话')
  })
})

test('the offer after a transfer names the giver, opens the brief, and is put aside', async () => {
  const handover = { from: '王磊', at: '2026-03-01T02:00:00Z' }
  const { page, view: shown } = open(HandoverLine, cardWith(), { customerId: 'wmA', handover })
  opened = page
  expect(page.text()).toContain('从王磊接手的客户')
  await page.get('button.row').trigger('click')
  expect(shown.emitted('open')).toHaveLength(1)
  await page.get('button[aria-label="不用了"]').trigger('click')
  await flushPromises()
  expect(server.to('put /api/customers/:customerId/brief/dismissed')).toEqual([{ customerId: 'wmA', dismissed: true }])
})
