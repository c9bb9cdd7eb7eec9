import { expect, test } from 'vitest'
import { CustomerId, TagId } from '#shared/ids.ts'
import { listStoreCustomers, listStoreTags, markStoreTags } from '#shared/store.ts'
import { listTimeline } from '#shared/timeline.ts'
import { makeFollow, makeFollowed, makeMember, makeStore, makeTagGroup } from '#server/testing/builders.ts'
import { shopCustomer, shopFollow } from '#server/testing/shop.ts'
import { createWorld } from '#server/testing/world.ts'

const world = await createWorld()
const { deps, clock } = world
const [clerk, rep] = [await world.as('clerk-a'), await world.as('rep-a')]
await makeStore(deps, 11, '静安店')
for (const userId of ['clerk-a', 'rep-a']) await makeMember(deps, userId, { mainDepartmentId: 11 })
await makeMember(deps, 'rep-b', { mainDepartmentId: 12 })
await deps.sql`insert into member_roles values ('clerk-a', 'clerk', 'test', now())`
await makeTagGroup(deps, 'G-style', { 'G-style-1': '复古英伦', 'G-style-2': '北欧极简' }, { singleChoice: true })
const [BRITISH, NORDIC] = ['G-style-1', 'G-style-2'].map((id) => TagId.parse(id)) as [TagId, TagId]

async function customer(id: string, followers: string[]) {
  const ties = followers.map((userId) => shopFollow(userId))
  world.shop.customers.push(shopCustomer(id, ties))
  await makeFollowed(deps, followers[0]!, { customer: { id } })
  for (const userId of followers.slice(1)) await makeFollow(deps, id, userId)
  clock.advance(1_000)
  return { customerId: CustomerId.parse(id), ties }
}

test('a clerk tags a colleague’s customer of the same store; the colleague’s timeline says whose hand it was', async () => {
  const { customerId, ties } = await customer('wmCounter1', ['rep-a'])
  expect((await clerk.call(listStoreTags, {})).untagged).toBe(1)
  const marked = await clerk.call(markStoreTags, { customerId, add: [BRITISH], remove: [] })
  expect(marked.tags.map((tag) => tag.name)).toEqual(['复古英伦'])
  expect(ties[0]!.tagIds).toEqual(['G-style-1'])
  expect((await clerk.call(listStoreTags, {})).untagged).toBe(0)
  const [entry] = (await rep.call(listTimeline, { customerId, filter: 'tags' })).entries
  expect(entry).toMatchObject({ who: 'clerk-a', detail: { added: ['复古英伦'], origin: 'counter' } })
})

test('a clerk’s own tie comes before a colleague’s', async () => {
  const { customerId, ties } = await customer('wmCounter2', ['rep-a', 'clerk-a'])
  await clerk.call(markStoreTags, { customerId, add: [BRITISH], remove: [] })
  expect(ties.map((tie) => tie.tagIds.length)).toEqual([0, 1])
})

test('of a single-choice group the new tag takes the other’s place', async () => {
  const { customerId, ties } = await customer('wmCounter3', ['clerk-a'])
  await clerk.call(markStoreTags, { customerId, add: [BRITISH], remove: [] })
  await clerk.call(markStoreTags, { customerId, add: [NORDIC], remove: [] })
  expect(ties[0]!.tagIds).toEqual(['G-style-2'])
})

test('what a clerk puts on often is offered first', async () => {
  expect((await clerk.call(listStoreTags, {})).recent[0]).toBe('G-style-1')
})

test('another store’s customer is none to this clerk, and who is tagged leaves the queue', async () => {
  const { customerId } = await customer('wmCounter4', ['rep-b'])
  expect((await clerk.try(markStoreTags, { customerId, add: [BRITISH], remove: [] })).status).toBe(404)
  const { customers } = await clerk.call(listStoreCustomers, { untagged: 'true' })
  expect(customers.map((one) => one.customer.id)).toEqual([])
})
