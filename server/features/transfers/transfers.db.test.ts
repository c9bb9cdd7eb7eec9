import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { getCustomerCard } from '#shared/customers.ts'
import { BatchId, CustomerId } from '#shared/ids.ts'
import { beginTransfer, listTakers, listTransfers } from '#shared/transfers.ts'
import { makeFollowed, makeMember, makeStore } from '#server/testing/builders.ts'
import { shopCustomer, shopFollow } from '#server/testing/shop.ts'
import { createWorld } from '#server/testing/world.ts'
import { checkTransfers } from './service.ts'

const world = await createWorld()
const { deps, shop, clock } = world
await makeStore(deps, 5, '静安店')
await deps.sql`update departments set leader_user_ids = '{boss}' where id = 5`
await deps.sql`insert into department_tree values (5, 5)`
const [boss, rep, taker] = [await world.as('boss'), await world.as('rep'), await world.as('taker')]
for (const userId of ['rep', 'taker']) await makeMember(deps, userId, { departmentIds: [5], mainDepartmentId: 5 })
await world.as('elsewhere')
for (const member of shop.members) member.customerContact = true
const job = { ...deps, actor: { kind: 'job' as const, name: 'test' } }

async function customerOf(userId: string, inWecom = true) {
  const { id } = await makeFollowed(deps, userId, { follow: { remark: '李姐' } })
  if (inWecom) shop.customers.push(shopCustomer(id, [shopFollow(userId, { remark: '李姐' })]))
  return CustomerId.parse(id)
}
const handing = (customers: string[], more: object = {}) => ({
  batch: BatchId.parse(randomUUID()),
  ties: customers.map((customer) => ({ customer: CustomerId.parse(customer), follower: 'rep' })),
  to: 'taker',
  reason: '换店',
  message: '以后由小陈为您服务',
  ...more,
})
const stateOf = async (customer: string) => {
  const { transfers } = await boss.call(listTransfers, {})
  const found = transfers.find((one) => one.customerId === customer)!
  return [found.state, found.why]
}

test('asked in one call, done a day later: the taker has the customer and their card, the giver no longer', async () => {
  const [a, b] = [await customerOf('rep'), await customerOf('rep')]
  const { transfers } = await boss.call(beginTransfer, handing([a, b]))
  expect(transfers.map((one) => [one.customerName, one.state])).toEqual([
    ['李姐', 'waiting'],
    ['李姐', 'waiting'],
  ])
  await world.work()
  const asked = world.wecomCalls().filter((call) => call.path.endsWith('transfer_customer'))
  expect(asked.map((call) => call.body)).toEqual([
    {
      handover_userid: 'rep',
      takeover_userid: 'taker',
      external_userid: [a, b],
      transfer_success_msg: '以后由小陈为您服务',
    },
  ])
  expect(await stateOf(a)).toEqual(['asked', null])
  clock.advance(86_400_000)
  world.acts.settleTransfers({ refuse: [b] })
  clock.advance(3_000)
  await world.callbacks.settled()
  await world.work()
  await checkTransfers(job)
  expect([await stateOf(a), await stateOf(b)]).toEqual([
    ['done', null],
    ['refused', null],
  ])
  expect((await taker.try(getCustomerCard, { customerId: a })).status).toBe(200)
  expect((await rep.try(getCustomerCard, { customerId: a })).status).toBe(404)
  expect((await rep.try(getCustomerCard, { customerId: b })).status).toBe(200)
})

test('what WeCom refuses of one is said of that one, in words', async () => {
  const [fine, unknown] = [await customerOf('rep'), await customerOf('rep', false)]
  await boss.call(beginTransfer, handing([fine, unknown]))
  await world.work()
  expect(await stateOf(fine)).toEqual(['asked', null])
  expect((await stateOf(unknown))[0]).toBe('failed')
  expect((await stateOf(unknown))[1]).toMatch(/（错误码 40096）$/)
})

test('the same batch again is once; an answer that was lost is asked for again and is under way, not failed', async () => {
  const id = await customerOf('rep')
  const given = handing([id])
  await boss.call(beginTransfer, given)
  await boss.call(beginTransfer, given)
  await world.work()
  await deps.sql`update transfers set state = 'waiting' where batch_id = ${given.batch}`
  await boss.call(beginTransfer, given)
  await world.work()
  const rows = await deps.sql`select state from transfers where batch_id = ${given.batch}`
  expect([...rows]).toEqual([{ state: 'asked' }])
})

test('a third time in ninety days is WeCom’s to refuse', async () => {
  const id = await customerOf('rep')
  const follow = shop.customers.find((customer) => customer.externalUserid === id)!.follows[0]!
  for (let i = 0; i < 2; i++) {
    await boss.call(beginTransfer, handing([id]))
    await world.work()
    world.acts.settleTransfers({ now: true })
    await world.callbacks.settled()
    await world.work()
    await checkTransfers(job)
    follow.relation = 'active'
    await deps.sql`update follows set ended_at = null where customer_id = ${id} and user_id = 'rep'`
    clock.advance(60_000)
  }
  await boss.call(beginTransfer, handing([id]))
  await world.work()
  expect((await stateOf(id))[1]).toContain('90 天内已移交过两次')
})

test('only what one leads, to whom one leads, and never to the giver', async () => {
  const mine = await customerOf('rep')
  const foreign = await customerOf('elsewhere')
  const ties = [
    { customer: mine, follower: 'rep' },
    { customer: foreign, follower: 'elsewhere' },
  ]
  expect((await boss.try(beginTransfer, handing([], { ties }))).status).toBe(404)
  expect((await boss.try(beginTransfer, handing([mine], { to: 'elsewhere' }))).status).toBe(400)
  expect((await boss.try(beginTransfer, handing([mine], { to: 'rep' }))).status).toBe(400)
  expect((await boss.try(beginTransfer, handing([mine, mine]))).status).toBe(400)
  expect((await boss.call(listTakers, {})).members.map((one) => one.userId).sort()).toEqual(['rep', 'taker'])
  expect((await deps.sql`select 1 from transfers where customer_id = ${mine}`).length).toBe(0)
})
