import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { getCustomerCard } from '#shared/customers.ts'
import { CustomerId, RuleId, TagId } from '#shared/ids.ts'
import { deleteRule, listRules, previewRule, type RuleCondition, saveRule } from '#shared/rules.ts'
import { listTags, markTags } from '#shared/tags.ts'
import { listTimeline } from '#shared/timeline.ts'
import { enqueue } from '#server/jobs/enqueue.ts'
import { makeBuyer, makeOrder } from '#server/testing/builders.ts'
import { shopCustomer, shopFollow } from '#server/testing/shop.ts'
import { createWorld } from '#server/testing/world.ts'

const world = await createWorld()
const { deps, shop, clock } = world
const [rep, admin] = [await world.as('rep-a'), await world.as('boss')]
await deps.sql`insert into member_roles values ('boss', 'admin', 'test', now())`
const TAG = TagId.parse('G-style-1')
let made = 0

async function buyerOf(stats: Parameters<typeof makeBuyer>[1], item = '陶瓷马克杯') {
  const tie = shopFollow('rep-a')
  const customer = shopCustomer(`wmRule${made++}`, [tie])
  shop.customers.push(customer)
  const customerId = CustomerId.parse(customer.externalUserid)
  await rep.call(getCustomerCard, { customerId })
  await rep.call(listTags, { customerId })
  const buyer = await makeBuyer(deps, { lastOrderedAt: clock.now(), ...stats })
  await makeOrder(deps, buyer.id, { items: [{ sku: 'S', name: item, quantity: 1, unitPriceFen: 1 }] })
  await deps.sql`update customers set buyer_id = ${buyer.id} where id = ${customerId}`
  return { customerId, tie }
}
const rule = (condition: RuleCondition, over = {}) => ({
  ruleId: RuleId.parse(randomUUID()),
  name: '大客户',
  tag: TAG,
  condition,
  enabled: true,
  ...over,
})
const night = async () => {
  await enqueue(deps.sql, 'rules.apply', {})
  await world.work()
}

beforeEach(async () => {
  world.slow(0)
  clock.advance(60_000)
  await deps.sql`delete from graphile_worker._private_jobs`
  await deps.sql`delete from tag_rules`
  await deps.sql`delete from tag_rule_hits`
  await deps.sql`update follows set ended_at = now() where ended_at is null`
})

test('whoever fits gets the tag in WeCom too, and the timeline says by which rule and why', async () => {
  const big = await buyerOf({ spendFen: 500_000, orderCount: 9 })
  const small = await buyerOf({ spendFen: 1_000, orderCount: 1 })
  await admin.call(saveRule, rule({ spendAtLeast: 100_000 }))
  await world.work()
  expect([big.tie.tagIds, small.tie.tagIds]).toEqual([['G-style-1'], []])
  const [entry] = (await rep.call(listTimeline, { customerId: big.customerId, filter: 'tags' })).entries
  expect(entry!.detail).toMatchObject({ origin: 'rule', why: '大客户：累计 ¥5000 ≥ ¥1000' })
  expect((await admin.call(listRules, {})).rules).toMatchObject([{ applied: 1 }])
})

test('a tag that was taken off by hand is not put back, by that rule or another', async () => {
  const { customerId, tie } = await buyerOf({ spendFen: 500_000 })
  await admin.call(saveRule, rule({ spendAtLeast: 100_000 }))
  await world.work()
  await rep.call(markTags, { customerId, add: [], remove: [TAG] })
  await night()
  await admin.call(saveRule, rule({ spendAtLeast: 1 }, { name: '另一条' }))
  await world.work()
  expect(tie.tagIds).toEqual([])
})

test('a tag that somebody took off before there was a rule is not put on', async () => {
  const { customerId, tie } = await buyerOf({ spendFen: 500_000 })
  await rep.call(markTags, { customerId, add: [TAG], remove: [] })
  await rep.call(markTags, { customerId, add: [], remove: [TAG] })
  await admin.call(saveRule, rule({ spendAtLeast: 100_000 }))
  await world.work()
  expect(tie.tagIds).toEqual([])
})

test('what WeCom is too busy for is done once it is back, once', async () => {
  const ties = [await buyerOf({ spendFen: 500_000 }), await buyerOf({ spendFen: 500_000 })]
  world.fail('externalcontact/mark_tag', -1, 50)
  await admin.call(saveRule, rule({ spendAtLeast: 100_000 }))
  await world.work()
  world.slow(0)
  await world.work()
  expect(ties.map(({ tie }) => tie.tagIds)).toEqual([['G-style-1'], ['G-style-1']])
  expect(await deps.sql`select count(*)::int as n from tag_rule_hits`).toEqual([{ n: 2 }])
})

test('the preview counts by member and names no customer', async () => {
  await buyerOf({ orderCount: 9 }, '驼色大衣')
  await buyerOf({ orderCount: 1 })
  const counts = async (condition: RuleCondition) => (await admin.call(previewRule, { tag: TAG, condition })).matching
  expect(await counts({ ordersAtLeast: 2 })).toBe(1)
  expect(await counts({ product: '大衣' })).toBe(1)
  expect(await counts({ lastOrderOver: 30 })).toBe(0)
  expect(await counts({ lastOrderWithin: 30 })).toBe(2)
  expect(await counts({ ordersAtLeast: 2, product: '马克杯' })).toBe(0)
  const preview = await admin.call(previewRule, { tag: TAG, condition: { lastOrderWithin: 30 } })
  expect(preview).toEqual({ matching: 2, members: [{ name: 'rep-a', customers: 2 }] })
})

test('a rule without a condition, or for a tag that is gone, is refused; one that is switched off does nothing', async () => {
  const { tie } = await buyerOf({ spendFen: 500_000 })
  expect((await admin.try(saveRule, rule({}))).status).toBe(400)
  expect((await admin.try(saveRule, rule({ spendAtLeast: 1 }, { tag: 'gone' }))).status).toBe(400)
  const off = rule({ spendAtLeast: 1 }, { enabled: false })
  await admin.call(saveRule, off)
  await night()
  expect(tie.tagIds).toEqual([])
  expect((await admin.call(deleteRule, { ruleId: off.ruleId })).rules).toEqual([])
})
