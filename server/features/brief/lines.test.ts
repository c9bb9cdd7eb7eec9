import { expect, test } from 'vitest'
import type { GuardVerdict } from '#shared/guard.ts'
import type { SpendSummary } from '#shared/orders.ts'
import { linesOf, MOST_LETTERS, MOST_LINES } from './lines.ts'
import type { BriefFacts } from './queries.ts'

const NOW = new Date('2026-03-10T12:00:00+08:00')
const on = (day: string, hour = '15:00') => new Date(`2026-${day}T${hour}:00+08:00`).toISOString()
const allow: GuardVerdict = { verdict: 'allow', pressure: 0, week: 0, reasons: [], customer: '李静文', last: null }
const nothing: BriefFacts = {
  name: '李静文',
  nickname: '静文',
  followerName: '小陈',
  salutation: '',
  description: '',
  addWay: 0,
  addedAt: on('01-02'),
  stage: null,
  tags: [],
  segments: null,
  handed: null,
  notes: [],
  tasks: [],
  orders: [],
  summary: null,
  refusal: null,
  denied: [],
  sends: [],
}
const note = (body: string, more: Partial<BriefFacts['notes'][number]> = {}) => ({
  id: `note-${body.slice(0, 4)}`,
  body,
  at: on('03-01'),
  by: '小陈',
  mine: true,
  secret: false,
  ...more,
})
const task = (title: string, dueAt: string, more: Partial<BriefFacts['tasks'][number]> = {}) => ({
  id: `task-${title}`,
  title,
  dueAt,
  createdAt: on('03-01'),
  by: '小陈',
  mine: true,
  secret: false,
  ...more,
})
const order = (id: string, day: string, kind: 'sale' | 'refund' = 'sale', hour = '20:00') => ({
  id,
  at: on(day, hour),
  kind,
  amountFen: kind === 'sale' ? 12_850 : -3_000,
  currency: 'CNY',
  store: null,
  items: [{ sku: 'S', name: '驼色羊绒大衣 M', quantity: kind === 'sale' ? 1 : -1, unitPriceFen: 12_850 }],
})
const summary: SpendSummary = {
  currency: 'CNY',
  orderCount: 23,
  spendFen: 1_864_000,
  refundCount: 1,
  refundFen: 3_000,
  firstOrderedAt: on('01-03'),
  lastOrderedAt: on('03-01'),
  months: {},
}
const briefOf = (facts: Partial<BriefFacts>, guard = allow) => linesOf({ ...nothing, ...facts }, guard, 'wmA', NOW)
const texts = (facts: Partial<BriefFacts>, part: string, guard = allow) =>
  briefOf(facts, guard)
    .filter((line) => line.part === part)
    .map((line) => line.text)

test('of somebody new there is one line, and nothing made up', () => {
  expect(briefOf({})).toEqual([
    expect.objectContaining({
      id: 'who-1',
      text: '李静文，01-02 起',
      record: { kind: 'follow', id: 'wmA', mine: true },
    }),
  ])
})

test('who they are: how addressed, since when, from where, the stage, from whom, tags, segments', () => {
  const facts = {
    salutation: '李姐',
    addWay: 1,
    addedAt: '2025-03-26T02:00:00Z',
    stage: '再次购买',
    handed: { id: '9', at: on('03-02'), from: '王磊', reason: '换店', salutation: '文文' },
    tags: [
      { id: 'T1', name: '金卡' },
      { id: null, name: '自建' },
    ],
  }
  expect(texts(facts, 'who')).toEqual([
    '李静文（称呼李姐），2025-03-26 起，扫描二维码，阶段「再次购买」',
    '03-02 由王磊移交：换店',
    '标签：金卡、自建',
  ])
  expect(texts({ ...facts, salutation: '' }, 'who')[0]).toContain('称呼文文')
  expect(texts({ segments: { purchase: null, connection: 'cooling' } }, 'who')[1]).toBe(
    '分层：还没有买过，往来「渐渐疏远」',
  )
})

test('promises: the latest missed first, with their day; a predecessor’s by name', () => {
  const tasks = [
    task('发报价', on('03-08')),
    task('回电', on('03-10', '09:00')),
    task('到店', on('03-10', '18:00')),
    task('寄样', on('03-20'), { mine: false, by: '王磊' }),
  ]
  expect(texts({ tasks }, 'promises')).toEqual([
    '发报价（03-08，已过期 2 天）',
    '回电（03-10，今天已过时间）',
    '到店（03-10，今天到期）',
    '寄样（03-20，王磊答应的）',
  ])
})

test('purchases: yuan from fen, refunds apart, the sum beside the newest', () => {
  const orders = [order('4', '03-05', 'refund'), order('3', '03-01'), order('2', '02-01')]
  expect(texts({ orders, summary }, 'purchases')).toEqual([
    '03-01 买 ¥128.50：驼色羊绒大衣 M（累计 23 单 ¥18,640）',
    '03-05 退款 ¥30：驼色羊绒大衣 M',
    '02-01 买 ¥128.50：驼色羊绒大衣 M',
  ])
})

test('what not to do: their own words first, then what notes say, the guard, tastes denied', () => {
  const guard: GuardVerdict = {
    ...allow,
    verdict: 'block',
    pressure: 3.039,
    week: 3,
    reasons: [
      { kind: 'refused', stops: true, value: null, limit: null, until: null },
      { kind: 'weekly', stops: true, value: 3, limit: 3, until: null },
    ],
  }
  const facts = {
    refusal: { at: on('03-04'), by: '小陈', reason: '别再发了' },
    notes: [note('对羊毛过敏，别打电话')],
    denied: [{ word: 'band:1', at: on('03-05'), by: '小陈' }],
  }
  expect(texts(facts, 'donts', guard)).toEqual([
    '不要主动联系（03-04 说的）：「别再发了」',
    '对羊毛过敏，别打电话',
    '先别推销：这一周主动联系已到上限，近 7 天 3 次，压力 3.04',
    '别当作偏好：100–300 元',
  ])
})

test('tone: what notes say, when they buy where it is clear, what the member sends; silent where nothing is known', () => {
  const evenings = ['01-05', '01-20', '02-03', '02-20', '03-01'].map((day, n) => order(String(n), day))
  const sends = [1, 2, 3].map((n) => ({ key: `s${n}`, at: on(`03-0${n}`), title: '到店留货', length: 28 }))
  expect(texts({ notes: [note('回复很快')], orders: evenings.toReversed(), sends }, 'tone')).toEqual([
    '回复很快',
    '多在晚上下单（5 单里 5 单）',
    '常发「到店留货」3 次，发过 3 条，多在 30 字内，最近 03-01',
  ])
  const mixed = [
    ...evenings.slice(0, 3),
    order('a', '03-02', 'sale', '09:00'),
    order('b', '03-03', 'sale', '10:00'),
    order('c', '03-04', 'sale', '11:00'),
  ]
  expect(texts({ orders: mixed, sends: sends.slice(1) }, 'tone')).toEqual([])
})

test('what is read of tastes leaves private notes out, and what is denied', () => {
  const orders = [order('2', '03-01'), order('1', '02-01')]
  const denied = [{ word: 'size:M', at: on('03-05'), by: '小陈' }]
  const notes = ['藏青的', '还要藏青'].map((body) => note(body, { secret: true }))
  const [line] = briefOf({ orders, notes, denied }).filter(({ text }) => text.startsWith('常买'))
  expect(line).toMatchObject({ text: '常买：大衣、驼色、100–300 元', record: { kind: 'order', id: '2' } })
})

test('a line of a private note is marked, so that it is not printed', () => {
  const lines = briefOf({ notes: [note('想买大衣', { secret: true }), note('不要电话')] })
  expect(lines.filter(({ secret }) => secret).map(({ text }) => text)).toEqual(['想买大衣'])
})

test('however much is known: twelve lines at most, sixty characters at most, each with a record, the same every time', () => {
  const words = '喜欢'.concat('很长很长的一句话'.repeat(12))
  const facts: Partial<BriefFacts> = {
    tags: Array.from({ length: 40 }, (_, n) => ({ id: `T${n}`, name: `标签${n}` })),
    segments: { purchase: 'best', connection: 'close' },
    notes: Array.from({ length: 30 }, (_, n) => note(`${n}${words}。别打电话${n}。回复很快${n}`, { id: `n${n}` })),
    tasks: Array.from({ length: 12 }, (_, n) =>
      task(`${n}${'长'.repeat(100)}`, on('03-08'), { mine: false, by: '欧阳很长的名字' }),
    ),
    orders: Array.from({ length: 200 }, (_, n) => ({
      ...order(String(n), '03-01'),
      items: [
        { sku: 'S', name: '很长的商品名'.repeat(20), quantity: 2, unitPriceFen: 1 },
        { sku: 'T', name: 'b', quantity: 1, unitPriceFen: 1 },
      ],
    })),
    summary,
    refusal: { at: on('03-04'), by: '小陈', reason: '别'.repeat(200) },
    sends: Array.from({ length: 9 }, (_, n) => ({
      key: `s${n}`,
      at: on('03-01'),
      title: '很长的标题'.repeat(10),
      length: 30,
    })),
  }
  const lines = briefOf(facts)
  expect(lines).toHaveLength(MOST_LINES)
  expect(Math.max(...lines.map(({ text }) => [...text].length))).toBeLessThanOrEqual(MOST_LETTERS)
  expect(lines.every(({ record }) => record.id !== '')).toBe(true)
  expect(new Set(lines.map(({ id }) => id)).size).toBe(MOST_LINES)
  expect([...new Set(lines.map(({ part }) => part))]).toEqual([
    'who',
    'needs',
    'promises',
    'purchases',
    'donts',
    'tone',
  ])
  expect(briefOf(facts)).toEqual(lines)
})
