import { describe, expect, test } from 'vitest'
import { CustomerId, TagId } from '#shared/ids.ts'
import { getCustomerCard } from '#shared/customers.ts'
import { createTag, listTags, markTags } from '#shared/tags.ts'
import { shopCustomer, shopFollow } from '#server/testing/shop.ts'
import { createWorld } from '#server/testing/world.ts'

const world = await createWorld()
const { deps, shop, clock } = world
const rep = await world.as('rep-a')
const [SILVER, GOLD, BRITISH, NORDIC] = ['G-level-1', 'G-level-2', 'G-style-1', 'G-style-2'].map((id) =>
  TagId.parse(id),
)
let next = 0

/** A customer of rep-a, opened once, with these tags in WeCom. */
async function customerWith(tagIds: string[] = []) {
  const customer = shopCustomer(`wm-tags-${++next}`, [shopFollow('rep-a', { tagIds })])
  shop.customers.push(customer)
  const customerId = CustomerId.parse(customer.externalUserid)
  await rep.call(getCustomerCard, { customerId })
  return { customerId, inWecom: () => customer.follows[0]!.tagIds }
}

const shown = async (customerId: CustomerId) =>
  (await rep.call(getCustomerCard, { customerId })).tags.map((tag) => tag.name)
const marked = () => world.wecomCalls().filter((call) => call.path.endsWith('/mark_tag'))
const listed = () => world.wecomCalls().filter((call) => call.path.endsWith('/get_corp_tag_list')).length

describe('the tag library', () => {
  test('has WeCom’s groups and tags in WeCom’s order, with readings for searching', async () => {
    const { customerId } = await customerWith()
    const { groups } = await rep.call(listTags, { customerId })
    expect(groups.map((group) => [group.name, group.tone, group.singleChoice])).toEqual([
      ['等级', 'o', true],
      ['风格', 'v', false],
    ])
    expect(groups[1]!.tags.map((tag) => [tag.name, tag.pinyin, tag.initials])).toContainEqual(['法式', 'fa shi', 'fs'])
  })

  test('is asked for again after ten minutes, not before', async () => {
    const { customerId } = await customerWith()
    await rep.call(listTags, { customerId })
    const before = listed()
    await rep.call(listTags, { customerId })
    expect(listed()).toBe(before)
    clock.advance(600_001)
    await Promise.all([1, 2, 3].map(() => rep.call(listTags, { customerId })))
    expect(listed()).toBe(before + 1)
  })

  test('an old copy serves while WeCom is down', async () => {
    const { customerId } = await customerWith()
    const { asOf } = await rep.call(listTags, { customerId })
    clock.advance(600_001)
    world.fail('*', -1000)
    expect(await rep.call(listTags, { customerId })).toMatchObject({ asOf })
  })

  test('a choice of ours about a group outlives a sync', async () => {
    const { customerId } = await customerWith()
    await deps.sql`update tag_groups set single_choice = true where id = 'G-style'`
    clock.advance(600_001)
    const { groups } = await rep.call(listTags, { customerId })
    expect(groups.find((group) => group.id === 'G-style')?.singleChoice).toBe(true)
    await deps.sql`update tag_groups set single_choice = false where id = 'G-style'`
  })

  test('offers first what this member used lately and the customer does not have', async () => {
    const [first, second] = [await customerWith(), await customerWith()]
    await rep.call(markTags, { customerId: first.customerId, add: [NORDIC!], remove: [] })
    clock.advance(1000)
    await rep.call(markTags, { customerId: first.customerId, add: [BRITISH!], remove: [] })
    const { suggested } = await rep.call(listTags, { customerId: second.customerId })
    expect(suggested.slice(0, 2)).toEqual([
      { id: BRITISH, why: 'recent' },
      { id: NORDIC, why: 'recent' },
    ])
    expect((await rep.call(listTags, { customerId: first.customerId })).suggested.map((s) => s.id)).not.toContain(
      BRITISH,
    )
  })
})

describe('marking', () => {
  test('adds and removes in WeCom and here, on the caller’s own follow, and remembers who did it', async () => {
    const { customerId, inWecom } = await customerWith(['G-style-1'])
    const { tags } = await rep.call(markTags, { customerId, add: [NORDIC!], remove: [BRITISH!] })
    expect(tags.map((tag) => tag.name)).toEqual(['北欧极简'])
    expect(inWecom()).toEqual(['G-style-2'])
    expect(await shown(customerId)).toEqual(['北欧极简'])
    expect(marked().at(-1)?.body).toMatchObject({ userid: 'rep-a', external_userid: customerId })
    const marks =
      await deps.sql`select user_id, tag_id, action from tag_marks where customer_id = ${customerId} order by id`
    expect([...marks]).toEqual([
      { user_id: 'rep-a', tag_id: 'G-style-2', action: 'add' },
      { user_id: 'rep-a', tag_id: 'G-style-1', action: 'remove' },
    ])
  })

  test('a new level replaces the old one in one call, also one only WeCom knew of', async () => {
    const { customerId, inWecom } = await customerWith()
    inWecom().push('G-level-1')
    const before = marked().length
    await rep.call(markTags, { customerId, add: [GOLD!], remove: [] })
    expect(marked()).toHaveLength(before + 1)
    expect(inWecom()).toEqual(['G-level-2'])
    await rep.call(markTags, { customerId, add: [SILVER!], remove: [] })
    expect(await shown(customerId)).toEqual(['银卡'])
  })

  test('two disjoint edits at once both survive', async () => {
    const { customerId, inWecom } = await customerWith()
    await Promise.all([BRITISH!, NORDIC!].map((id) => rep.call(markTags, { customerId, add: [id], remove: [] })))
    expect((await shown(customerId)).sort()).toEqual(['北欧极简', '复古英伦'])
    expect(inWecom()).toHaveLength(2)
  })

  test('what WeCom refuses is not shown as done', async () => {
    const { customerId } = await customerWith()
    world.fail('externalcontact/mark_tag', 84061)
    const answer = await rep.try(markTags, { customerId, add: [BRITISH!], remove: [] })
    expect(answer).toMatchObject({ status: 422, body: { error: { wecom: 84061 } } })
    expect(await shown(customerId)).toEqual([])
    expect((await deps.sql`select 1 from tag_marks where customer_id = ${customerId}`).length).toBe(0)
  })

  test('a tag deleted in WeCom is refused in words and leaves the library', async () => {
    const group = shop.tagGroups.find((g) => g.id === 'G-style')!
    const { customerId } = await customerWith()
    await rep.call(listTags, { customerId })
    const gone = group.tags.pop()!
    const answer = await rep.try(markTags, { customerId, add: [TagId.parse(gone.id)], remove: [] })
    expect([answer.status, (answer.body as { error: { wecom: number } }).error.wecom]).toEqual([422, 40068])
    const { groups } = await rep.call(listTags, { customerId })
    expect(groups.flatMap((g) => g.tags.map((tag) => tag.id))).not.toContain(gone.id)
    expect((await rep.try(markTags, { customerId, add: [TagId.parse(gone.id)], remove: [] })).status).toBe(400)
    group.tags.push(gone)
  })

  test('a tag made in WeCom a moment ago can be put on at once', async () => {
    const { customerId } = await customerWith()
    const group = shop.tagGroups.find((g) => g.id === 'G-style')!
    group.tags.push({ ...group.tags[0]!, id: 'G-style-fresh', name: '波点', order: -1 })
    const { tags } = await rep.call(markTags, { customerId, add: [TagId.parse('G-style-fresh')], remove: [] })
    expect(tags.map((tag) => tag.name)).toEqual(['波点'])
  })

  test('what our own copy could not take never reaches WeCom', async () => {
    const { customerId, inWecom } = await customerWith()
    await world.owner`alter table tag_marks add constraint broken check (customer_id <> ${deps.sql.unsafe(`'${customerId}'`)}) not valid`
    expect((await rep.try(markTags, { customerId, add: [BRITISH!], remove: [] })).status).toBe(500)
    await world.owner`alter table tag_marks drop constraint broken`
    expect([inWecom(), await shown(customerId)]).toEqual([[], []])
  })
})

describe('creating a tag', () => {
  test('makes it in WeCom, searchable at once, and puts it on the customer', async () => {
    const { customerId, inWecom } = await customerWith()
    const { tag, tags } = await rep.call(createTag, { customerId, groupId: 'G-style', name: '田园碎花' })
    expect(tag).toMatchObject({ name: '田园碎花', initials: 'tysh' })
    expect(tags.map((t) => t.name)).toEqual(['田园碎花'])
    expect(inWecom()).toEqual([tag.id])
  })

  test('a name the group has already is that tag', async () => {
    const { customerId } = await customerWith()
    const before = world.wecomCalls().filter((call) => call.path.endsWith('/add_corp_tag')).length
    const { tag } = await rep.call(createTag, { customerId, groupId: 'G-style', name: '法式' })
    expect(tag.id).toBe('G-style-3')
    expect(world.wecomCalls().filter((call) => call.path.endsWith('/add_corp_tag'))).toHaveLength(before)
  })

  test('a name made in WeCom a moment ago is found there', async () => {
    const { customerId } = await customerWith()
    const group = shop.tagGroups.find((g) => g.id === 'G-style')!
    group.tags.push({ ...group.tags[0]!, id: 'G-style-new', name: '莫兰迪色', order: -2 })
    const { tag } = await rep.call(createTag, { customerId, groupId: 'G-style', name: '莫兰迪色' })
    expect(tag.id).toBe('G-style-new')
  })

  test('a group that does not exist is refused in words', async () => {
    const { customerId } = await customerWith()
    expect((await rep.try(createTag, { customerId, groupId: 'G-none', name: 'x' })).status).toBe(400)
  })
})
