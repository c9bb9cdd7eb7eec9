import { expect, test } from 'vitest'
import { getAside } from '#shared/aside.ts'
import { listBook } from '#shared/book.ts'
import { CustomerId } from '#shared/ids.ts'
import { getRfmGrid } from '#shared/rfm.ts'
import { DAY_MS } from '#shared/shop-time.ts'
import { enqueue } from '#server/jobs/enqueue.ts'
import { makeBuyer, makeFollow, makeFollowed, makeOrder, makeStore } from '#server/testing/builders.ts'
import { createWorld } from '#server/testing/world.ts'

const world = await createWorld()
const { deps, as } = world
const ago = (days: number) => new Date(deps.now().getTime() - days * DAY_MS)

/** Bought `orders` times, last `days` ago; added long before. */
async function customer(days: number, orders: number) {
  const stats = { orderCount: orders, spendFen: orders * 10_000, firstOrderedAt: ago(days), lastOrderedAt: ago(days) }
  const buyer = await makeBuyer(deps, stats)
  await makeOrder(deps, buyer.id, { orderedAt: ago(days) })
  const { id } = await makeFollowed(deps, 'rep-a', { customer: { buyerId: buyer.id }, follow: { addedAt: ago(400) } })
  return CustomerId.parse(id)
}
const compute = async () => {
  await enqueue(deps.sql, 'rfm.compute', {})
  await world.work()
}
const rowOf = async (id: string) => (await deps.sql`select * from rfm where customer_id = ${id}`)[0]!

const people: CustomerId[] = []
for (let i = 0; i < 10; i += 1) people.push(await customer(300 - i * 30, 1 + i))
const twin = await customer(30, 10)
const stranger = CustomerId.parse((await makeFollowed(deps, 'rep-a', { follow: { addedAt: ago(200) } })).id)
await compute()

test('quintiles run from the worst to the best, and equal customers stand together', async () => {
  expect(await rowOf(people[0]!)).toMatchObject({ recency: 1, frequency: 1, money: 1, segment: 'lapsed' })
  const best = await rowOf(people[9]!)
  expect(best).toMatchObject({ recency: 5, frequency: 5, money: 5, segment: 'best' })
  const { recency, frequency, money } = await rowOf(twin)
  expect({ recency, frequency, money }).toEqual({ recency: best['recency'], frequency: 5, money: 5 })
})

test('who never bought has no purchase segment, and stands in the grid at value nought', async () => {
  expect(await rowOf(stranger)).toMatchObject({ segment: null, value: 0 })
  expect((await rowOf(stranger))['act_days_ago']).toBe(200)
})

test('acts of the customer count by depth, whatever the rep did', async () => {
  const before = await rowOf(stranger)
  await deps.sql`update follows set touched_at = ${deps.now().toISOString()} where customer_id = ${stranger}`
  await deps.sql`insert into customer_events (id, customer_id, source, title, detail, at)
    values (gen_random_uuid(), ${stranger}, 'pos', '到店', '', ${ago(2).toISOString()})`
  await compute()
  const after = await rowOf(stranger)
  expect([before['act_days'], before['act_depth']]).toEqual([0, 0])
  expect([after['act_days'], after['act_depth'], after['act_days_ago']]).toEqual([1, 2, 2])
})

test('a change of segment is kept with its day, and no change is kept twice', async () => {
  const rows = () =>
    deps.sql`select day::text, connection from rfm_history where customer_id = ${stranger} order by day`
  const first = await rows()
  world.clock.advance(DAY_MS)
  await compute()
  expect((await rows()).length).toBeLessThanOrEqual(first.length + 1)
  world.clock.advance(DAY_MS)
  const before = await rows()
  await compute()
  expect((await rows()).length - before.length).toBeLessThanOrEqual(1)
})

test('the rep sees the words and since when, the newest first', async () => {
  const { segments } = await (await as('rep-a')).call(getAside, { customerId: stranger })
  const kept =
    await deps.sql`select day::text, segment as purchase, connection from rfm_history where customer_id = ${stranger} order by day desc`
  expect(segments).toMatchObject({ purchase: null, history: [...kept] })
  expect(segments!.connection).toBe(kept[0]!['connection'])
})

test('a rep’s list is cut by segment', async () => {
  const rep = await as('rep-a')
  const { rows } = await rep.call(listBook, { segment: 'best' })
  expect(rows.map(({ customerId }) => customerId)).toContain(people[9])
  expect(rows.map(({ customerId }) => customerId)).not.toContain(people[0])
})

test('who is nobody’s customer any more leaves the table; the grid counts a customer of two colleagues once', async () => {
  await makeFollow(deps, people[9]!, 'rep-b')
  await deps.sql`update follows set ended_at = now() where customer_id = ${people[0]!}`
  world.clock.advance(DAY_MS)
  await compute()
  expect(await deps.sql`select 1 from rfm where customer_id = ${people[0]!}`).toHaveLength(0)
  await makeStore(deps, 7, '静安店')
  await deps.sql`update departments set leader_user_ids = '{rep-c}' where id = 7`
  await deps.sql`insert into department_tree (ancestor_id, descendant_id) values (7, 7)`
  await as('rep-b')
  await deps.sql`update members set department_ids = '{7}' where user_id in ('rep-a', 'rep-b')`
  const { cells, purchase } = await (await as('rep-c')).call(getRfmGrid, {})
  expect(cells.reduce((sum, cell) => sum + cell.customers, 0)).toBe(11)
  const [best] = await deps.sql`select count(*)::int as n from rfm where segment = 'best'`
  expect(purchase.find(({ segment }) => segment === 'best')?.customers).toBe(best?.['n'])
})
