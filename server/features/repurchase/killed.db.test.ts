import { expect, test } from 'vitest'
import { DAY_MS } from '#shared/shop-time.ts'
import type { TransactionSql } from 'postgres'
import type { Ctx } from '#server/context.ts'
import { handlers } from '#server/jobs/registry.ts'
import { makeBuyer, makeFollowed, makeOrder } from '#server/testing/builders.ts'
import { createWorld } from '#server/testing/world.ts'

const world = await createWorld()
const { deps } = world
const GOODS = ['骨瓷杯', '骨瓷碟', '羊绒衫 驼色', '帆布袋', '香薰蜡烛']

for (let i = 0; i < 150; i += 1) {
  const days = [10 + (i % 7), 40 + (i % 11), 75 + (i % 5)]
  const ago = (day: number) => new Date(deps.now().getTime() - day * DAY_MS)
  const stats = { orderCount: 3, firstOrderedAt: ago(days[2]!), lastOrderedAt: ago(days[0]!) }
  const buyer = await makeBuyer(deps, stats)
  for (const [n, day] of days.entries()) {
    const items = [GOODS[i % 5]!, GOODS[(i + n) % 5]!].map((name) => ({
      sku: name,
      name,
      quantity: 1,
      unitPriceFen: 9_900,
    }))
    await makeOrder(deps, buyer.id, { orderedAt: ago(day), items })
  }
  if (i < 20) await makeFollowed(deps, 'rep-a', { customer: { buyerId: buyer.id } })
}
const results = async () => ({
  pairs: await deps.sql`select * from product_pairs order by one, other`,
  counts: await deps.sql`select * from product_counts order by sku`,
  place: await deps.sql`select last_order_id, orders, hold_out from product_learning`,
  gaps: await deps.sql`select * from category_gaps order by category`,
  tastes: await deps.sql`select buyer_id, words, rhythm_days from buyer_tastes order by buyer_id`,
  rfm: await deps.sql`select customer_id, segment, connection, value, influence from rfm order by customer_id`,
  history: await deps.sql`select * from rfm_history order by customer_id, day`,
})
const JOBS = ['products.learnAnew', 'products.learn', 'orders.learn', 'rfm.compute'] as const
const ctx: Ctx = { ...deps, actor: { kind: 'job', name: 'test' } }

/** The same database, of which nothing more is heard from the statement `last` on; a transaction that is open then never ends. */
function cutOff(last: number): Ctx {
  let statements = 0
  const sql = new Proxy(deps.sql, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (name !== 'unsafe' && name !== 'begin') return value
      statements += 1
      if (statements < last) return (value as () => unknown).bind(target)
      if (name === 'unsafe') throw new Error('killed')
      return (work: (tx: TransactionSql) => Promise<void>) =>
        target.begin(async (tx) => {
          await work(tx)
          throw new Error('killed')
        })
    },
  })
  return { ...ctx, sql }
}

test('the nightly jobs, killed at each of their statements and run again, end where an undisturbed run ends; twice is as once', async () => {
  for (const job of JOBS) await handlers[job](ctx, {})
  const expected = await results()
  expect(expected.pairs.length).toBeGreaterThan(0)
  expect(expected.tastes.length).toBeGreaterThan(0)
  let killed = 0
  for (const job of JOBS)
    for (let last = 1; last <= 8; last += 1) {
      await handlers[job](cutOff(last), {}).catch(() => (killed += 1))
      await handlers[job](ctx, {})
    }
  expect(killed).toBeGreaterThan(10)
  expect(await results()).toEqual(expected)
})
