import { expect, test } from 'vitest'
import { getAside } from '#shared/aside.ts'
import { CustomerId } from '#shared/ids.ts'
import { DAY_MS } from '#shared/shop-time.ts'
import { denyTaste } from '#shared/tastes.ts'
import { enqueue } from '#server/jobs/enqueue.ts'
import { makeBuyer, makeFollowed, makeOrder, makeStore } from '#server/testing/builders.ts'
import { createWorld } from '#server/testing/world.ts'
import { productWords } from '../preferences/service.ts'
import { writeProducts } from './service.ts'

const world = await createWorld()
const { deps, as } = world
const ago = (days: number) => new Date(deps.now().getTime() - days * DAY_MS)
const lines = (...skus: string[]) => skus.map((sku) => ({ sku, name: sku, quantity: 1, unitPriceFen: 100 }))

async function buys(...orders: string[][]) {
  const buyer = await makeBuyer(deps, { orderCount: orders.length })
  for (const [i, skus] of orders.entries())
    await makeOrder(deps, buyer.id, { orderedAt: ago(100 - i), items: lines(...skus) })
  return buyer
}
async function customerWho(...orders: string[][]) {
  const buyer = await buys(...orders)
  return CustomerId.parse((await makeFollowed(deps, 'rep-a', { customer: { buyerId: buyer.id } })).id)
}
const learn = async () => {
  await enqueue(deps.sql, 'products.learn', {})
  await world.work()
}
const productOf = async (customerId: CustomerId) => (await (await as('rep-a')).call(getAside, { customerId })).product

// Cups go with saucers and pens with ink, whoever buys one comes for the other; bags are what most people buy.
for (let i = 0; i < 60; i += 1) await buys(['杯'], ['碟', '杯'])
for (let i = 0; i < 60; i += 1) await buys(['笔'], ['墨水', '笔'])
for (let i = 0; i < 300; i += 1) await buys(['袋'])
const drinker = await customerWho(['杯'])
const stranger = CustomerId.parse((await makeFollowed(deps, 'rep-a')).id)
await learn()

test('what goes with the last purchase is named, with the purchase it rests on and how often', async () => {
  expect(await productOf(drinker)).toMatchObject({ sku: '碟', because: { name: '杯', together: 60 } })
})

test('who bought nothing yet is shown what most people buy, and it is called that', async () => {
  expect(await productOf(stranger)).toMatchObject({ sku: '袋', store: null, because: null })
})

test('a store whose name stands in the orders shows its own best-seller', async () => {
  await makeStore(deps, 12, '静安店')
  await deps.sql`update members set main_department_id = 12 where user_id = 'rep-a'`
  const buyer = await makeBuyer(deps, { orderCount: 1 })
  await makeOrder(deps, buyer.id, { store: '静安店', items: lines('伞') })
  await learn()
  expect(await productOf(stranger)).toMatchObject({ sku: '伞', store: '静安店', because: null })
  await deps.sql`update members set main_department_id = null where user_id = 'rep-a'`
})

test('out of stock is not suggested; back in stock it is, with its page', async () => {
  const saucer = { sku: '碟', name: '骨瓷碟', url: 'https://shop.example/d', picture: null, priceFen: 100 }
  await writeProducts(deps.sql, [{ ...saucer, inStock: false }], deps.now())
  expect(await productOf(drinker)).toBeUndefined()
  await writeProducts(deps.sql, [{ ...saucer, inStock: true }], deps.now())
  expect(await productOf(drinker)).toMatchObject({ name: '骨瓷碟', url: 'https://shop.example/d' })
})

test('nor what somebody who knows them said they do not like', async () => {
  const rep = await as('rep-a')
  const { name } = (await productOf(drinker))!
  const word = `category:${productWords(name).category}`
  await rep.call(denyTaste, { customerId: drinker, word, denied: true })
  expect((await productOf(drinker))?.name).not.toBe(name)
  await rep.call(denyTaste, { customerId: drinker, word, denied: false })
  expect((await productOf(drinker))?.name).toBe(name)
})

test('what they bought or sent back is not suggested', async () => {
  expect(await productOf(await customerWho(['杯'], ['碟']))).toBeUndefined()
})

test('later orders are taken in once, and counting all anew ends in the same', async () => {
  const counts = () => deps.sql`select one, other, orders from product_pairs order by one, other`
  await buys(['杯', '碟'])
  await learn()
  await learn()
  const before = await counts()
  expect(before.find(({ one, other }) => one === '杯' && other === '碟')).toMatchObject({ orders: 61 })
  await enqueue(deps.sql, 'products.learnAnew', {})
  await world.work()
  expect(await counts()).toEqual(before)
})

test('where the hold-out does not beat popularity nothing is said', async () => {
  await deps.sql`update product_learning set hold_out = '{"cases": 500, "hit": 90, "popularityHit": 90}'`
  expect(await productOf(drinker)).toBeUndefined()
})
