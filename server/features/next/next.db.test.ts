import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { getAside } from '#shared/aside.ts'
import { setRefusal } from '#shared/guard.ts'
import { CustomerId } from '#shared/ids.ts'
import { getNextFigures, type NextAction, settleNext } from '#shared/next.ts'
import { DAY_MS } from '#shared/shop-time.ts'
import { makeBuyer, makeFollow, makeFollowed, makeMember, makeStore } from '#server/testing/builders.ts'
import { createWorld } from '#server/testing/world.ts'
import { writeShown } from './queries.ts'

const world = await createWorld()
const { deps, clock } = world
const { sql } = deps
await makeStore(deps, 5, '静安店')
await sql`update departments set leader_user_ids = '{boss}' where id = 5`
await sql`insert into department_tree values (5, 5)`
const [rep, colleague, boss, stranger] = await Promise.all(
  ['rep', 'colleague', 'boss', 'stranger'].map((userId) => world.as(userId)),
)
for (const userId of ['rep', 'colleague']) await makeMember(deps, userId, { departmentIds: [5] })
const ago = (days: number) => new Date(clock.now().getTime() - days * DAY_MS)

/** Somebody who bought, and of whom nothing was heard for 40 days. */
async function cold() {
  const buyer = await makeBuyer(deps, { orderCount: 1 })
  const { id } = await makeFollowed(deps, 'rep', {
    customer: { buyerId: buyer.id },
    follow: { addedAt: ago(200), touchedAt: ago(40) },
  })
  return CustomerId.parse(id)
}
async function promise(customerId: string, days: number) {
  await sql`insert into tasks (id, customer_id, user_id, title, due_at, created_at)
    values (${randomUUID()}, ${customerId}, 'rep', '回电', ${ago(days).toISOString()}, ${ago(9).toISOString()})`
}
const nextOf = async (customerId: CustomerId, who = rep!) => (await who.call(getAside, { customerId })).next
const settle = (customerId: CustomerId, { kind, fact }: NextAction, outcome: 'taken' | 'dismissed' | 'shown') =>
  rep!.call(settleNext, { customerId, kind, fact, outcome })
const rows = () =>
  sql`select customer_id, user_id, kind, day::text, taken_at is not null as taken, dismissed_at is not null as dismissed from next_actions order by day, kind`

beforeEach(() => sql`delete from next_actions`)

test('the line comes with the aside; opening again the same day is counted once, the next day anew', async () => {
  const customerId = await cold()
  const all = await Promise.all([nextOf(customerId), nextOf(customerId), nextOf(customerId)])
  for (const next of all) expect(next).toMatchObject({ kind: 'cold', days: 40 })
  // Two nodes that read before either wrote.
  await writeShown(sql, { customerId, userId: 'rep', kind: 'cold', today: '2026-01-05' }, ago(-1))
  const kept = await sql<{ at: string }[]>`select shown_at::text as at from next_actions`
  expect(kept.map(({ at }) => new Date(at))).toEqual([clock.now()])
  clock.advance(DAY_MS)
  await nextOf(customerId)
  expect((await rows()).map((row) => row['day'])).toEqual(['2026-01-05', '2026-01-06'])
})

test('a promise that is late goes before, of the member who gave it only', async () => {
  const customerId = await cold()
  await makeFollow(deps, customerId, 'colleague', { touchedAt: clock.now() })
  await promise(customerId, 2)
  expect(await nextOf(customerId)).toMatchObject({ kind: 'overdue', days: 2, task: { title: '回电' } })
  expect(await nextOf(customerId, colleague)).toBeUndefined()
  expect((await rows()).map((row) => row['user_id'])).toEqual(['rep'])
})

test('dismissed it is quiet until the fact changes, seven days at most; an undo brings it back', async () => {
  const customerId = await cold()
  const next = (await nextOf(customerId))!
  await settle(customerId, next, 'dismissed')
  expect(await nextOf(customerId)).toBeUndefined()
  await settle(customerId, next, 'shown')
  expect(await nextOf(customerId)).toMatchObject({ kind: 'cold' })
  await settle(customerId, next, 'dismissed')
  clock.advance(6 * DAY_MS)
  expect(await nextOf(customerId)).toBeUndefined()
  await sql`update follows set touched_at = ${ago(33).toISOString()} where customer_id = ${customerId}`
  expect(await nextOf(customerId)).toMatchObject({ kind: 'cold', days: 33 })
  await settle(customerId, (await nextOf(customerId))!, 'dismissed')
  clock.advance(8 * DAY_MS)
  expect(await nextOf(customerId)).toMatchObject({ kind: 'cold', days: 41 })
})

test('a dismissal is of its kind: the promise behind it is still said', async () => {
  const customerId = await cold()
  await settle(customerId, (await nextOf(customerId))!, 'dismissed')
  await promise(customerId, 1)
  expect(await nextOf(customerId)).toMatchObject({ kind: 'overdue' })
})

test('a customer who asked for quiet is not called', async () => {
  const customerId = await cold()
  await rep!.call(setRefusal, { customerId, reason: '别再发了' })
  expect(await nextOf(customerId)).toBeUndefined()
  expect(await rows()).toHaveLength(0)
})

test('a customer whom colleagues have sold enough to this week is not sold to, and a promise is still kept', async () => {
  const customerId = await cold()
  for (const days of [1, 2, 3])
    await sql`insert into sends (key, customer_id, user_id, part, part_type, content, outcome, kind, sent_at)
      values (${randomUUID()}, ${customerId}, 'colleague', 0, 'text', '新品', 'ok', 'mass', ${ago(days).toISOString()})`
  expect(await nextOf(customerId)).toBeUndefined()
  await promise(customerId, 1)
  expect(await nextOf(customerId)).toMatchObject({ kind: 'overdue' })
})

test('birthdays: of the field that is one, of the tag that names one, within a week', async () => {
  const customerId = await cold()
  const field = randomUUID()
  await sql`insert into custom_fields (id, name, type, position, birthday) values (${field}, '生日', 'date', 1, true)`
  const inDays = (days: number) => new Date(clock.now().getTime() + days * DAY_MS).toISOString().slice(5, 10)
  await sql`insert into field_values values (${customerId}, ${field}, ${`"1990-${inDays(5)}"`}::text::jsonb, 'rep', now())`
  expect(await nextOf(customerId)).toMatchObject({ kind: 'birthday', days: 5 })
  await sql`insert into tag_groups (id, name, position, tone, synced_at) values ('B', '生日', 0, 'b', now())`
  await sql`insert into tags (id, group_id, name, position, pinyin, initials) values ('B1', 'B', ${`生日 ${inDays(2)}`}, 0, '', '')`
  await sql`update follows set tag_ids = '{B1}' where customer_id = ${customerId}`
  expect(await nextOf(customerId)).toMatchObject({ kind: 'birthday', days: 2 })
})

test('what came of it is stored once however often it is said, and measured for whoever leads the member', async () => {
  const [a, b] = [await cold(), await cold()]
  for (const customerId of [a, b]) {
    const next = (await nextOf(customerId))!
    await Promise.all([settle(customerId, next, 'taken'), settle(customerId, next, 'taken')])
  }
  await settle(b, (await nextOf(b))!, 'dismissed')
  const elsewhere = await makeFollowed(deps, 'stranger')
  expect(await nextOf(CustomerId.parse(elsewhere.id), stranger)).toMatchObject({ kind: 'unanswered' })
  const { figures } = await boss!.call(getNextFigures, { days: '7' })
  expect(figures).toEqual([{ kind: 'cold', shown: 2, taken: 2, dismissed: 1, customers: 2 }])
  clock.advance(7 * DAY_MS)
  expect((await boss!.call(getNextFigures, { days: '7' })).figures).toEqual([])
  expect((await boss!.call(getNextFigures, {})).figures).toHaveLength(1)
})

test('after half a year the rows are let go', async () => {
  await nextOf(await cold())
  clock.advance(179 * DAY_MS)
  const clean = async () => {
    await deps.sql`select graphile_worker.add_job('next.clean', '{}')`
    await world.work()
    return (await rows()).length
  }
  expect(await clean()).toBe(1)
  clock.advance(2 * DAY_MS)
  expect(await clean()).toBe(0)
})

test('nothing of a stranger’s customer: no line, no outcome, no figure', async () => {
  const customerId = await cold()
  const next = (await nextOf(customerId))!
  const given = { customerId, kind: next.kind, fact: next.fact }
  for (const outcome of ['taken', 'dismissed', 'shown'] as const)
    expect((await stranger!.try(settleNext, { ...given, outcome })).status).toBe(404)
  expect((await stranger!.try(getNextFigures, {})).status).toBe(403)
  await sql`update follows set ended_at = now() where customer_id = ${customerId}`
  expect((await rep!.try(settleNext, { ...given, outcome: 'taken' })).status).toBe(404)
})
