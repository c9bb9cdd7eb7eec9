import { expect, test } from 'vitest'
import { getAside } from '#shared/aside.ts'
import { listBook } from '#shared/book.ts'
import { getCustomerCard } from '#shared/customers.ts'
import { CustomerId } from '#shared/ids.ts'
import { DAY_MS } from '#shared/shop-time.ts'
import { denyTaste } from '#shared/tastes.ts'
import { enqueue } from '#server/jobs/enqueue.ts'
import { makeBuyer, makeFollowed, makeOrder } from '#server/testing/builders.ts'
import { createWorld } from '#server/testing/world.ts'
import { simulate } from './simulate.ts'

const world = await createWorld()
const { deps, as } = world
const ago = (days: number) => new Date(deps.now().getTime() - days * DAY_MS)
const item = (name: string, quantity = 1, unitPriceFen = 19_900) => ({ sku: name, name, quantity, unitPriceFen })

/** A buyer with one order on each of these days before now. */
async function buys(days: number[], name: string) {
  const stats = {
    orderCount: days.length,
    firstOrderedAt: ago(Math.max(...days)),
    lastOrderedAt: ago(Math.min(...days)),
  }
  const buyer = await makeBuyer(deps, stats)
  for (const day of days) await makeOrder(deps, buyer.id, { orderedAt: ago(day), items: [item(name)] })
  return buyer
}
async function customerWho(days: number[], name: string) {
  const buyer = await buys(days, name)
  const { id } = await makeFollowed(deps, 'rep-a', {
    customer: { buyerId: buyer.id },
    follow: { syncedAt: new Date(deps.now().getTime() + DAY_MS) },
  })
  return CustomerId.parse(id)
}

// Forty people who buy coffee beans again and again, each at a pace of their own, give or take.
for (let i = 0; i < 40; i += 1) {
  const pace = 15 + (i % 5) * 15
  await buys(
    [0, 0, 12, -9, 10].map((early, n) => (n + 1) * pace + early),
    '耶加雪菲 咖啡豆',
  )
}
// And three hundred as the model tells of them, some of whom have left: each with their orders.
const drawn = simulate({ r: 0.6, alpha: 40, a: 0.8, b: 2.4 }, 300, { seed: 7, weeks: 700 })
for (let i = 0; i < 300; i += 1) {
  const [x, tx, t] = [drawn.x[i]!, drawn.tx[i]!, drawn.t[i]!]
  const days = Array.from({ length: x + 1 }, (_, n) => t - (x === 0 ? 0 : (n / x) * tx))
  await buys(days, '画册')
}
const regular = await customerWho([40, 68, 98, 130], '燕麦色 咖啡豆')
const once = await customerWho([28], '燕麦色 咖啡豆')
await enqueue(deps.sql, 'orders.learn', {})
await world.work()

test('a regular is foretold by their own pace and everybody’s, as a range of days with its reason', async () => {
  const { repurchase, standing } = await (await as('rep-a')).call(getAside, { customerId: regular })
  expect(repurchase).toMatchObject([{ category: '咖啡豆', due: 'now', gaps: 3 }])
  expect(new Date(repurchase![0]!.from).getTime()).toBeLessThan(new Date(repurchase![0]!.until).getTime())
  expect(standing!.alive).toBeGreaterThan(0.5)
})

test('of a kind of thing they do not like nothing is foretold', async () => {
  const rep = await as('rep-a')
  await rep.call(denyTaste, { customerId: regular, word: 'category:咖啡豆', denied: true })
  expect((await rep.call(getAside, { customerId: regular })).repurchase).toBeUndefined()
  await rep.call(denyTaste, { customerId: regular, word: 'category:咖啡豆', denied: false })
  expect((await rep.call(getAside, { customerId: regular })).repurchase).toHaveLength(1)
})

test('a fit that foretold the last 90 days worse than “as often as before” is not spoken of', async () => {
  const [row] = await deps.sql<
    { fit: { held: { cases: number; ours: number; before: number } } }[]
  >`select fit from bgnbd_fit`
  expect(row!.fit.held.cases).toBeGreaterThan(200)
  expect(row!.fit.held.ours).toBeLessThan(row!.fit.held.before)
  await deps.sql`update bgnbd_fit set fit = fit || '{"shown": false}'`
  expect((await (await as('rep-a')).call(getAside, { customerId: regular })).standing).toBeUndefined()
  await deps.sql`update bgnbd_fit set fit = fit || '{"shown": true}'`
})

test('nothing is said of who bought once, nor of a kind of thing whose foretelling did worse than “as last time”', async () => {
  const rep = await as('rep-a')
  expect((await rep.call(getAside, { customerId: once })).repurchase).toBeUndefined()
  await deps.sql`update category_gaps set shown = false`
  expect((await rep.call(getAside, { customerId: regular })).repurchase).toBeUndefined()
  await deps.sql`update category_gaps set shown = true`
})

test('what they like is read from orders, with the rows behind it; a “not so” is remembered everywhere', async () => {
  const rep = await as('rep-a')
  const { tastes } = await rep.call(getAside, { customerId: regular })
  expect(tastes?.map(({ word }) => word)).toEqual(['category:咖啡豆', 'colour:燕麦色', 'band:1', 'rhythm:2'])
  expect(tastes?.at(-1)).toMatchObject({ kind: 'rhythm', days: 30, count: 3, rows: [{ source: 'order' }, {}, {}, {}] })
  expect(tastes?.[0]).toMatchObject({ count: 4, rows: [{ source: 'order', text: '燕麦色 咖啡豆' }, {}, {}, {}] })
  expect((await rep.call(getCustomerCard, { customerId: regular })).tastes).toContain('colour:燕麦色')
  const found = async () =>
    (await rep.call(listBook, { taste: 'colour:燕麦色' })).rows.map(({ customerId }) => customerId)
  expect(await found()).toEqual([regular])
  expect((await rep.call(listBook, { taste: 'rhythm:2' })).rows.map(({ customerId }) => customerId)).toEqual([regular])
  await rep.call(denyTaste, { customerId: regular, word: 'colour:燕麦色', denied: true })
  expect((await rep.call(getAside, { customerId: regular })).tastes?.map(({ kind }) => kind)).toEqual([
    'category',
    'band',
    'rhythm',
  ])
  expect((await rep.call(getCustomerCard, { customerId: regular })).tastes).not.toContain('colour:燕麦色')
  expect(await found()).toEqual([])
  await rep.call(denyTaste, { customerId: regular, word: 'colour:燕麦色', denied: false })
  expect(await found()).toEqual([regular])
})

test('the same reading again changes nothing', async () => {
  const before = await deps.sql`select * from buyer_tastes order by buyer_id`
  await enqueue(deps.sql, 'orders.learn', {})
  await world.work()
  expect(await deps.sql`select * from buyer_tastes order by buyer_id`).toEqual(before)
})
