import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { type BookFilters, deleteView, getBookKit, listBook, saveView } from '#shared/book.ts'
import { ViewId } from '#shared/ids.ts'
import { enqueue } from '#server/jobs/enqueue.ts'
import { makeBuyer, makeFollow, makeFollowed, makeTagGroup } from '#server/testing/builders.ts'
import { createWorld } from '#server/testing/world.ts'

const world = await createWorld()
const { deps, clock } = world
const [rep, other] = [await world.as('rep-a'), await world.as('rep-b')]
const ago = (days: number) => new Date(clock.now().getTime() - days * 86_400_000)
const names = async (filters: BookFilters = {}) => (await rep.call(listBook, filters)).rows.map((row) => row.name)
const read = async () => {
  await enqueue(deps.sql, 'book.readNames', {})
  await world.work()
}

await makeTagGroup(deps, '意向', { 'T-high': '高意向' })
const buyer = await makeBuyer(deps, { lastOrderedAt: ago(100) })
const made = [
  await makeFollowed(deps, 'rep-a', {
    customer: { name: '李静文', buyerId: buyer.id },
    follow: {
      addedAt: ago(300),
      tagIds: ['T-high'],
      phones: ['13812345521'],
      touchedAt: ago(40),
      stageId: 'won',
      addWay: 3,
    },
  }),
  await makeFollowed(deps, 'rep-a', {
    customer: { name: '重庆小面' },
    follow: { addedAt: ago(20), remark: '王店长', touchedAt: ago(1) },
  }),
  await makeFollowed(deps, 'rep-a', { customer: { name: 'Anna 安娜' }, follow: { addedAt: ago(2) } }),
]
await makeFollow(deps, made[0]!.id, 'rep-b', { remark: '别人的备注' })
await makeFollowed(deps, 'rep-a', { customer: { name: '走了' }, follow: { endedAt: ago(1) } })

test('one’s own customers, newest first; a colleague’s and those who left are not there', async () => {
  expect(await names()).toEqual(['Anna 安娜', '重庆小面', '李静文'])
  expect((await other.call(listBook, {})).rows).toMatchObject([{ name: '李静文', remark: '别人的备注', tags: [] }])
})

test('a customer is found by name, remark, how they sound and the end of their phone, at once and after the reading', async () => {
  expect(await names({ q: '静文' })).toEqual(['李静文'])
  await read()
  for (const [q, name] of [
    ['静文', '李静文'],
    ['ljw', '李静文'],
    ['lijing', '李静文'],
    ['5521', '李静文'],
    ['王店', '重庆小面'],
    ['wdz', '重庆小面'],
    ['chongqing', '重庆小面'],
    ['ANNA', 'Anna 安娜'],
    ['安娜', 'Anna 安娜'],
  ])
    expect([q, await names({ q: q! })]).toEqual([q, [name]])
  expect(await names({ q: '别人的' })).toEqual([])
  expect(await names({ q: '%' })).toEqual([])
})

test('a customer is found by what a custom field says, and a field’s words do not find others', async () => {
  const field = randomUUID()
  await deps.sql`insert into custom_fields (id, name, type, position) values (${field}, '喜好', 'multiple', 1)`
  await deps.sql`insert into field_values values (${made[2]!.id}, ${field}, '["羊绒", "通勤"]', 'rep-a', now())`
  expect(await names({ q: '羊绒' })).toEqual(['Anna 安娜'])
  expect(await names({ q: '喜好' })).toEqual([])
})

test('a new remark is found once it is read again', async () => {
  await deps.sql`update follows set remark = '赵总' where customer_id = ${made[1]!.id}`
  expect(await names({ q: '赵总' })).toEqual(['重庆小面'])
  await read()
  expect(await names({ q: 'zz' })).toEqual(['重庆小面'])
  expect(await names({ q: 'wdz' })).toEqual([])
})

test.for<[BookFilters, string[]]>([
  [{ tag: 'T-high' as never }, ['李静文']],
  [{ untagged: 'true' }, ['Anna 安娜', '重庆小面']],
  [{ stage: 'won' }, ['李静文']],
  [{ stage: '-' }, ['Anna 安娜', '重庆小面']],
  [{ touched: '30' }, ['Anna 安娜', '李静文']],
  [{ touched: 'never' }, ['Anna 安娜']],
  [{ ordered: '90' }, ['李静文']],
  [{ ordered: '365' }, []],
  [{ ordered: 'never' }, ['Anna 安娜', '重庆小面']],
  [{ source: '3' }, ['李静文']],
  [{ sort: 'touched' }, ['Anna 安娜', '李静文', '重庆小面']],
  [{ sort: 'ordered', touched: '30' }, ['李静文', 'Anna 安娜']],
])('filtered by %j', async ([filters, expected]) => {
  const page = await rep.call(listBook, filters)
  const found = page.rows.map((row) => row.name)
  expect(filters.sort === 'ordered' ? found[0] : found).toEqual(filters.sort === 'ordered' ? expected[0] : expected)
  expect(page.total).toBe(expected.length)
})

test('pages neither repeat nor miss anybody, whatever they are sorted by, also within one moment', async () => {
  const many = await world.as('rep-many')
  await deps.sql`insert into customers (id, name, type) select 'wmM' || i, '客户' || i, 1 from generate_series(1, 130) i`
  await deps.sql`insert into follows (customer_id, user_id, added_at, synced_at, touched_at)
    select 'wmM' || i, 'rep-many', '2026-01-01', now(), case when i % 3 = 0 then '2026-01-02'::timestamptz end from generate_series(1, 130) i`
  for (const sort of ['added', 'touched', 'ordered'] as const) {
    const seen: string[] = []
    for (let cursor: string | undefined; ;) {
      const page = await many.call(listBook, { sort, ...(cursor && { cursor }) })
      seen.push(...page.rows.map((row) => row.customerId))
      if (page.nextCursor === null) break
      cursor = page.nextCursor
    }
    expect([seen.length, new Set(seen).size]).toEqual([130, 130])
  }
})

test('a view is saved, changed under its id and deleted, and is one’s own', async () => {
  const view = ViewId.parse(randomUUID())
  await rep.call(saveView, { view, name: '快凉了', filters: { touched: '30' } })
  await rep.call(saveView, { view, name: '凉了', filters: { touched: '90' } })
  expect((await rep.call(getBookKit, {})).views).toEqual([{ id: view, name: '凉了', filters: { touched: '90' } }])
  expect((await other.call(getBookKit, {})).views).toEqual([])
  expect((await other.try(saveView, { view, name: '抢', filters: {} })).status).toBe(409)
  expect((await other.try(deleteView, { viewId: view })).status).toBe(404)
  await rep.call(deleteView, { viewId: view })
  expect((await rep.call(getBookKit, {})).views).toEqual([])
})
