import { expect, test } from 'vitest'
import { CustomerId } from '#shared/ids.ts'
import { getLedCustomer, listLedCustomers } from '#shared/led.ts'
import { listMembers, setRoles } from '#shared/members.ts'
import { getOperations } from '#shared/operations.ts'
import { getMe } from '#shared/session.ts'
import { getStoreCustomer, listStoreCustomers } from '#shared/store.ts'
import { makeFollow, makeFollowed, makeReply } from '#server/testing/builders.ts'
import { shopCustomer, shopFollow } from '#server/testing/shop.ts'
import { createWorld } from '#server/testing/world.ts'
import { rebuildTree } from './queries.ts'
import { syncDepartments, syncMemberChange } from './service.ts'

const world = await createWorld()
const { deps, shop } = world
shop.departments.push(
  { id: 10, name: '华东区', parentId: 1, order: 1, leaders: ['boss-east'] },
  { id: 11, name: '静安店', parentId: 10, order: 1, leaders: [] },
  { id: 12, name: '徐汇店', parentId: 10, order: 1, leaders: ['boss-xuhui'] },
  { id: 20, name: '华南区', parentId: 1, order: 1, leaders: ['boss-south'] },
)
const place = async (userId: string, ...departments: number[]) => {
  const browser = await world.as(userId)
  Object.assign(
    shop.members.find((member) => member.userid === userId)!,
    {
      departments,
      mainDepartment: departments[0],
    },
  )
  await syncMemberChange(deps, { userId, newUserId: null, left: false })
  return browser
}
await syncDepartments(deps)
const [bossEast, bossXuhui, bossSouth] = [
  await place('boss-east', 10),
  await place('boss-xuhui', 12),
  await place('boss-south', 20),
]
await place('rep-jingan', 11)
await place('rep-xuhui', 12)
const jingan = CustomerId.parse((await makeFollowed(deps, 'rep-jingan')).id)
const xuhui = CustomerId.parse((await makeFollowed(deps, 'rep-xuhui', { follow: { remark: '徐汇的' } })).id)

const seenBy = async (boss: typeof bossEast) =>
  (await boss.call(listLedCustomers, {})).ties.map((tie) => tie.customerId).sort()

test('a manager sees whoever works at or below what they lead, and nobody else', async () => {
  expect(await seenBy(bossEast)).toEqual([jingan, xuhui].sort())
  expect(await seenBy(bossXuhui)).toEqual([xuhui])
  expect(await seenBy(bossSouth)).toEqual([])
  expect((await bossSouth.try(getLedCustomer, { customerId: xuhui, followerId: 'rep-xuhui' })).status).toBe(404)
})

test('who leads moves with WeCom’s departments, by callback, from the next request on', async () => {
  const east = shop.departments.find((d) => d.id === 12)!
  world.acts.changeDepartment({ id: 12, parentId: 20 })
  await world.callbacks.settled()
  await world.work()
  expect([await seenBy(bossEast), await seenBy(bossSouth)]).toEqual([[jingan], [xuhui]])
  world.acts.changeDepartment({ id: 12, parentId: 10, leaders: [] })
  await world.callbacks.settled()
  await world.work()
  expect(east.leaders).toEqual([])
  expect((await bossXuhui.try(listLedCustomers, {})).status).toBe(403)
  expect(await seenBy(bossEast)).toEqual([jingan, xuhui].sort())
})

test('a member who moves to another store moves out of their manager’s sight', async () => {
  await place('rep-xuhui', 20)
  expect([await seenBy(bossEast), await seenBy(bossSouth)]).toEqual([[jingan], [xuhui]])
  await place('rep-xuhui', 12)
})

test('a tie that ended is gone for the manager too', async () => {
  const customerId = CustomerId.parse((await makeFollowed(deps, 'rep-jingan')).id)
  const tie = { customerId, followerId: 'rep-jingan' }
  expect((await bossEast.try(getLedCustomer, tie)).status).toBe(200)
  await deps.sql`update follows set ended_at = now() where customer_id = ${customerId}`
  expect((await bossEast.try(getLedCustomer, tie)).status).toBe(404)
})

test('a clerk sees their store’s customers without what followers wrote; taken away, it is gone at once', async () => {
  const clerk = await place('rep-clerk', 12)
  expect((await clerk.try(listStoreCustomers, {})).status).toBe(403)
  const admin = await place('rep-admin', 1)
  await deps.sql`insert into member_roles (user_id, role, given_by, given_at) values ('rep-admin', 'admin', 'test', now())`
  await admin.call(setRoles, { memberId: 'rep-clerk', roles: ['clerk'] })
  const [seen, ...more] = (await clerk.call(listStoreCustomers, {})).customers
  expect([seen!.customer.id, more]).toEqual([xuhui, []])
  expect((await clerk.try(getStoreCustomer, { customerId: xuhui })).text).not.toContain('徐汇的')
  expect((await clerk.try(getStoreCustomer, { customerId: jingan })).status).toBe(404)
  await place('rep-clerk', 11)
  expect((await clerk.try(getStoreCustomer, { customerId: xuhui })).status).toBe(404)
  await admin.call(setRoles, { memberId: 'rep-clerk', roles: [] })
  expect((await clerk.try(getStoreCustomer, { customerId: jingan })).status).toBe(403)
})

test('of one customer whom two of the store follow the clerk sees one row with both names and all corp tags', async () => {
  const clerk = await place('rep-counter', 11)
  await deps.sql`insert into member_roles (user_id, role, given_by, given_at) values ('rep-counter', 'clerk', 'test', now())`
  await place('rep-second', 11)
  await deps.sql`insert into tag_groups (id, name, position, tone, synced_at) values ('G', '组', 1, 'b', now())`
  await deps.sql`insert into tags (id, group_id, name, position, pinyin, initials) values ('T1', 'G', '一', 1, '', ''), ('T2', 'G', '二', 2, '', '')`
  const { id } = await makeFollowed(deps, 'rep-jingan', { follow: { tagIds: ['T1'] } })
  await makeFollow(deps, id, 'rep-second', { tagIds: ['T2'] })
  await makeFollow(deps, id, 'rep-xuhui', { tagIds: [] })
  const { customers } = await clerk.call(listStoreCustomers, {})
  const row = customers.find((seen) => seen.customer.id === id)!
  expect([row.followers.sort(), row.tags.map((tag) => tag.name)]).toEqual([
    ['rep-jingan', 'rep-second'],
    ['一', '二'],
  ])
  const untagged = await clerk.call(listStoreCustomers, { untagged: 'true' })
  expect(untagged.customers.map((seen) => seen.customer.id)).not.toContain(id)
})

test('an admin sees settings and no customers; whoever leaves has no role from the next request on', async () => {
  const admin = await place('rep-chief', 1)
  await deps.sql`insert into member_roles (user_id, role, given_by, given_at) values ('rep-chief', 'admin', 'test', now())`
  expect((await admin.call(getMe, {})).roles).toEqual(['admin'])
  expect((await admin.try(getOperations, {})).status).toBe(200)
  expect((await admin.try(listLedCustomers, {})).status).toBe(403)
  expect((await admin.try(setRoles, { memberId: 'rep-chief', roles: [] })).status).toBe(409)
  expect((await admin.try(setRoles, { memberId: 'nobody', roles: ['clerk'] })).status).toBe(404)
  await deps.sql`update members set status = 5 where user_id = 'rep-chief'`
  expect((await admin.try(listMembers, {})).status).toBeGreaterThan(400)
})

test('a department whose parents run in a circle is walked once', async () => {
  await deps.sql`insert into departments (id, name, parent_id, synced_at) values (30, '甲', 31, now()), (31, '乙', 30, now())`
  await rebuildTree(deps.db)
  const tree = await deps.sql`select * from department_tree where ancestor_id in (30, 31)`
  expect(tree.length).toBe(4)
})

test('a member renamed in WeCom keeps customers, 称呼, replies and roles under the new name', async () => {
  await place('rep-old', 12)
  const { id } = await makeFollowed(deps, 'rep-old', { follow: { salutation: '张姐' } })
  shop.customers.push(shopCustomer(id, [shopFollow('rep-old')]))
  const both = await makeFollowed(deps, 'rep-old', { follow: { salutation: '王哥' } })
  await makeFollow(deps, both.id, 'rep-new') // an event under the new name came first
  const reply = await makeReply(deps, { ownerUserId: 'rep-old' })
  await deps.sql`insert into member_roles (user_id, role, given_by, given_at) values ('rep-old', 'clerk', 'test', now())`
  world.acts.renameMember({ userid: 'rep-old', newUserid: 'rep-new' })
  await world.callbacks.settled()
  await world.work()
  const follows =
    await deps.sql`select customer_id as id, salutation from follows where user_id = 'rep-new' order by salutation`
  expect([...follows]).toEqual(
    [
      { id, salutation: '张姐' },
      { id: both.id, salutation: '王哥' },
    ].sort((a, b) => (a.salutation < b.salutation ? -1 : 1)),
  )
  const [owner] = await deps.sql`select owner_user_id from replies where id = ${reply.id}`
  expect(owner).toEqual({ owner_user_id: 'rep-new' })
  const renamed = await world.as('rep-new')
  expect((await renamed.call(getMe, {})).roles).toEqual(['clerk'])
})
