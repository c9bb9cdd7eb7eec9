import { expect, test } from 'vitest'
import { getCustomerCard } from '#shared/customers.ts'
import { CustomerId } from '#shared/ids.ts'
import { addTags, listTagGroups, orderTags, removeTag, renameTag, setSingle } from '#shared/tag-groups.ts'
import { makeFollowed } from '#server/testing/builders.ts'
import { ownGroup } from '#server/testing/shop.ts'
import { createWorld } from '#server/testing/world.ts'
import { syncLibrary } from './library.ts'

const world = await createWorld()
const { deps, shop } = world
const admin = await world.as('admin')
await deps.sql`insert into member_roles (user_id, role, given_by, given_at) values ('admin', 'admin', 'test', now())`
shop.tagGroups.push(ownGroup('G-own', '自建', ['甲', '乙', '丙']))
await syncLibrary(deps)
const own = async () => (await admin.call(listTagGroups, {})).groups.find((group) => group.id === 'G-own')
const inWecom = (id: string) => shop.tagGroups.flatMap((group) => group.tags).find((tag) => tag.id === id)

test('a group with its tags, a name, an order: WeCom has it before we show it', async () => {
  const { groups } = await admin.call(addTags, { group: { name: '会员日' }, tags: ['来过', '没来'] })
  expect(groups.find((group) => group.name === '会员日')?.tags.map((tag) => tag.name)).toEqual(['来过', '没来'])
  await admin.call(addTags, { group: { id: 'G-own' }, tags: ['丁'] })
  await admin.call(renameTag, { id: 'G-own-1', name: '甲甲' })
  expect([inWecom('G-own-1')?.name, (await own())?.tags.map((tag) => tag.name).includes('甲甲')]).toEqual([
    '甲甲',
    true,
  ])
  const ids = (await own())!.tags.map((tag) => tag.id).reverse()
  await admin.call(orderTags, { ids })
  expect((await own())!.tags.map((tag) => tag.id)).toEqual(ids)
})

test('a tag that goes, goes from every customer; how many wear it is told before', async () => {
  const { id } = await makeFollowed(deps, 'rep', { follow: { tagIds: ['G-own-2'] } })
  expect((await own())!.tags.find((tag) => tag.id === 'G-own-2')!.customers).toBe(1)
  await admin.call(removeTag, { id: 'G-own-2', kind: 'tag' })
  expect([inWecom('G-own-2')?.deleted, (await own())!.tags.some((tag) => tag.id === 'G-own-2')]).toEqual([true, false])
  const rep = await world.as('rep')
  expect((await rep.call(getCustomerCard, { customerId: CustomerId.parse(id) })).tags).toEqual([])
})

test('what the console made is WeCom’s to keep: refused in words, and nothing changes here', async () => {
  const answer = await admin.try(renameTag, { id: 'G-style-1', name: '改名' })
  expect([answer.status, answer.text.includes('60011')]).toEqual([422, true])
  expect((await admin.call(listTagGroups, {})).groups.find((group) => group.id === 'G-style')?.tags[0]?.name).toBe(
    '复古英伦',
  )
})

test('a name that is taken is said; one at most is ours alone', async () => {
  expect((await admin.try(addTags, { group: { id: 'G-own' }, tags: ['丙'] })).text).toContain('40071')
  const calls = world.wecomCalls().length
  await admin.call(setSingle, { id: 'G-own', single: true })
  expect([(await own())!.single, world.wecomCalls().length]).toEqual([true, calls])
})
