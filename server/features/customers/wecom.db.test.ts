import { describe, expect, test } from 'vitest'
import { editFollow, getCustomerCard, getCustomerProfile, refreshCustomer } from '#shared/customers.ts'
import { CustomerId, TagId } from '#shared/ids.ts'
import { markTags } from '#shared/tags.ts'
import { makeFollow, makeFollowed } from '#server/testing/builders.ts'
import { shopCustomer, shopFollow } from '#server/testing/shop.ts'
import { createWorld } from '#server/testing/world.ts'

const world = await createWorld()
const { deps, shop, clock } = world
const [repA, repB] = [await world.as('rep-a'), await world.as('rep-b')]
let next = 0

/** A customer that only WeCom knows so far. */
function inWecom(follows = [shopFollow('rep-a')], about = {}) {
  const customer = shopCustomer(`wm-new-${++next}`, follows, about)
  shop.customers.push(customer)
  return { customer, customerId: CustomerId.parse(customer.externalUserid) }
}

const asked = () => world.wecomCalls().filter((call) => call.path === '/cgi-bin/externalcontact/get').length

describe('a customer only WeCom knows', () => {
  test('is fetched, stored and shown in one request of at most four statements', async () => {
    const own = shopFollow('rep-a', { remark: '老客户', remarkMobiles: ['13900001111'], tagIds: ['G-level-2'] })
    const { customerId } = inWecom([own, shopFollow('rep-b')])
    await repA.call(getCustomerCard, { customerId: inWecom().customerId }) // a token is at hand
    const statements = await world.statements(async () => {
      const card = await repA.call(getCustomerCard, { customerId })
      expect(card.follow).toMatchObject({ remark: '老客户', phones: ['139****1111'] })
      expect(card.tags).toEqual([{ id: 'G-level-2', name: '金卡', group: '等级', tone: 'o' }])
      expect(card.stale).toBe(false)
    })
    expect(statements.length).toBeLessThanOrEqual(4)
    const before = asked()
    await repA.call(getCustomerCard, { customerId })
    expect(asked()).toBe(before)
  })

  test("a colleague's remark, phones and tags are never stored on the way", async () => {
    const canary = {
      remark: 'canary-remark',
      description: 'canary-text',
      remarkMobiles: ['13700009999'],
      tagIds: ['G-style-1'],
    }
    const { customerId } = inWecom([shopFollow('rep-a'), shopFollow('rep-b', canary)])
    const answer = await repA.try(getCustomerCard, { customerId })
    expect(answer.text).not.toMatch(/canary|9999/)
    const rows = await deps.sql`select * from follows where customer_id = ${customerId} and user_id = 'rep-b'`
    expect(rows[0]).toMatchObject({ remark: '', description: '', phones: [], tag_ids: [] })
  })

  test('the colleague who opens it next sees their own remark and tags, not blanks', async () => {
    const { customerId } = inWecom([
      shopFollow('rep-a'),
      shopFollow('rep-b', { remark: '我的', tagIds: ['G-style-1'] }),
    ])
    await repA.call(getCustomerCard, { customerId })
    const card = await repB.call(getCustomerCard, { customerId })
    expect([card.follow.remark, card.tags.map((tag) => tag.name)]).toEqual(['我的', ['复古英伦']])
  })

  test('opened many times at once is asked for once', async () => {
    const { customerId } = inWecom()
    const before = asked()
    world.slow(150)
    const answers = await Promise.all(Array.from({ length: 20 }, () => repA.try(getCustomerCard, { customerId })))
    world.slow(0)
    expect(answers.map((answer) => answer.status)).toEqual(Array(20).fill(200))
    expect(asked()).toBe(before + 1)
  })

  test('opened by two followers at once is stored once, without a deadlock', async () => {
    for (let round = 0; round < 5; round++) {
      const { customerId } = inWecom([shopFollow('rep-a', { remark: 'a' }), shopFollow('rep-b', { remark: 'b' })])
      const cards = await Promise.all([
        repA.call(getCustomerCard, { customerId }),
        repB.call(getCustomerCard, { customerId }),
      ])
      expect(cards.map((card) => card.follow.remark)).toEqual(['a', 'b'])
    }
  })

  test('a tag that WeCom does not list, as of a strategy, is shown by name rather than hidden', async () => {
    const [style] = shop.tagGroups.slice(-1)
    shop.tagGroups.push({
      ...style!,
      id: 'G-strategy',
      name: '规则组',
      deleted: true,
      tags: [{ ...style!.tags[0]!, id: 'st-1', name: '西湖区' }],
    })
    const { customerId } = inWecom([shopFollow('rep-a', { tagIds: ['st-1'] })])
    const card = await repA.call(getCustomerCard, { customerId })
    expect(card.tags).toEqual([{ id: null, name: '西湖区', group: '规则组', tone: 'g' }])
  })

  test('the userid is compared as WeCom does, whatever its case', async () => {
    const { customerId } = inWecom([shopFollow('Rep-A', { remark: '大小写' })])
    expect((await repA.call(getCustomerCard, { customerId })).follow.remark).toBe('大小写')
  })
})

describe('a customer who is not the caller’s', () => {
  test('costs WeCom one call a minute, however often it is asked for', async () => {
    const { customerId } = inWecom([shopFollow('rep-b')])
    const before = asked()
    for (let i = 0; i < 5; i++) expect((await repA.try(getCustomerCard, { customerId })).status).toBe(404)
    expect((await repA.try(refreshCustomer, { customerId })).status).toBe(404)
    expect(asked()).toBe(before + 1)
    clock.advance(60_001)
    await repA.try(getCustomerCard, { customerId })
    expect(asked()).toBe(before + 2)
  })

  test('guessing ids stops reaching WeCom after thirty in a minute', async () => {
    const guesser = await world.as('rep-guess')
    const before = asked()
    const statuses = new Set<number>()
    for (let i = 0; i < 40; i++) statuses.add((await guesser.get(`/api/customers/wm-guess-${i}/card`)).status)
    expect(asked()).toBe(before + 30)
    expect([...statuses]).toEqual([404, 429])
    const { customerId } = inWecom([shopFollow('rep-c')])
    expect((await (await world.as('rep-c')).try(getCustomerCard, { customerId })).status).toBe(200)
  })
})

describe('refreshing', () => {
  test('brings what changed in WeCom', async () => {
    const { customer, customerId } = inWecom()
    await repA.call(getCustomerCard, { customerId })
    customer.name = '改了名'
    customer.follows[0]!.remark = '改了备注'
    clock.advance(700_000)
    const card = await repA.call(refreshCustomer, { customerId })
    expect([card.customer.name, card.follow.remark, card.stale]).toEqual(['改了名', '改了备注', false])
    expect((await repA.call(getCustomerCard, { customerId })).customer.name).toBe('改了名')
  })

  test('keeps 称呼, which WeCom does not know', async () => {
    const { customerId } = inWecom()
    await repA.call(getCustomerCard, { customerId })
    await repA.call(editFollow, { customerId, salutation: '李姐' })
    expect((await repA.call(refreshCustomer, { customerId })).follow.salutation).toBe('李姐')
  })

  test('ends the follow when WeCom no longer has it: the card is gone, but not a colleague’s', async () => {
    const { customer, customerId } = inWecom([shopFollow('rep-a'), shopFollow('rep-b')])
    await repA.call(getCustomerCard, { customerId })
    await repB.call(getCustomerCard, { customerId })
    customer.follows[0]!.relation = 'memberDeleted'
    expect((await repA.try(refreshCustomer, { customerId })).status).toBe(404)
    expect((await repA.try(getCustomerCard, { customerId })).status).toBe(404)
    const [ofColleague] =
      await deps.sql`select ended_at from follows where customer_id = ${customerId} and user_id = 'rep-b'`
    expect(ofColleague?.['ended_at']).toBeNull()
  })

  test("a colleague's tie that is gone in WeCom ends here too", async () => {
    const { customer, customerId } = inWecom([shopFollow('rep-a'), shopFollow('rep-b')])
    await repB.call(getCustomerCard, { customerId })
    customer.follows.pop()
    await repA.call(getCustomerCard, { customerId })
    await repA.call(refreshCustomer, { customerId })
    expect((await repB.try(getCustomerCard, { customerId })).status).toBe(404)
  })

  test('an answer that left WeCom before a tag was set does not take the tag off again', async () => {
    const { customerId } = inWecom()
    await repA.call(getCustomerCard, { customerId })
    const late = repA.try(refreshCustomer, { customerId })
    await repA.call(markTags, { customerId, add: [TagId.parse('G-style-1')], remove: [] })
    await late
    expect((await repA.call(getCustomerCard, { customerId })).tags.map((tag) => tag.name)).toEqual(['复古英伦'])
  })
})

describe('editing the own follow', () => {
  test('remark, description and company reach WeCom, and only the fields given', async () => {
    const { customer, customerId } = inWecom()
    await repA.call(getCustomerCard, { customerId })
    await repA.call(editFollow, { customerId, remark: '王姐', company: '示例公司' })
    const { follow } = await repA.call(editFollow, { customerId, description: '喜欢浅色' })
    expect(follow).toMatchObject({ remark: '王姐', company: '示例公司', description: '喜欢浅色' })
    expect(customer.follows[0]).toMatchObject({ remark: '王姐', remarkCorpName: '示例公司', description: '喜欢浅色' })
  })

  test('称呼 stays with us', async () => {
    const { customerId } = inWecom()
    await repA.call(getCustomerCard, { customerId })
    const calls = world.wecomCalls().length
    expect((await repA.call(editFollow, { customerId, salutation: '姐' })).follow.salutation).toBe('姐')
    expect(world.wecomCalls()).toHaveLength(calls)
  })

  test('the company of a WeCom contact is refused in words', async () => {
    const { customerId } = inWecom([shopFollow('rep-a')], { type: 2 })
    await repA.call(getCustomerCard, { customerId })
    const answer = await repA.try(editFollow, { customerId, company: '不行' })
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('企业微信用户')])
  })

  test('what WeCom refuses does not change our copy', async () => {
    const { customerId } = inWecom([shopFollow('rep-a', { remark: '旧' })])
    await repA.call(getCustomerCard, { customerId })
    world.fail('externalcontact/remark', 84061)
    expect((await repA.try(editFollow, { customerId, remark: '新' })).status).toBe(422)
    expect((await repA.call(getCustomerCard, { customerId })).follow.remark).toBe('旧')
  })

  test('what our own copy could not take never reaches WeCom', async () => {
    const { customerId, customer } = inWecom([shopFollow('rep-a', { remark: '旧' })])
    await repA.call(getCustomerCard, { customerId })
    await world.owner`alter table follows add constraint no_new check (remark <> '新') not valid`
    expect((await repA.try(editFollow, { customerId, remark: '新' })).status).toBe(500)
    await world.owner`alter table follows drop constraint no_new`
    expect(customer.follows[0]!.remark).toBe('旧')
  })
})

test('the profile names the other followers and tells nothing else of them', async () => {
  const customer = await makeFollowed(deps, 'rep-a')
  await makeFollow(deps, customer.id, 'rep-b', { remark: 'canary' })
  await makeFollow(deps, customer.id, 'rep-c', { endedAt: clock.now() })
  await deps.sql`update members set name = '陈二' where user_id = 'rep-b'`
  const profile = await repA.call(getCustomerProfile, { customerId: CustomerId.parse(customer.id) })
  expect(profile.otherFollowers).toEqual(['陈二'])
  expect(JSON.stringify(profile)).not.toContain('canary')
})

test('a colleague who never signed in here is named as WeCom names them, and asked for once', async () => {
  const { customerId } = inWecom([shopFollow('rep-a'), shopFollow('rep-quiet')])
  shop.members.push({ ...shop.members[0]!, userid: 'rep-quiet', name: '陈三' })
  await repA.call(getCustomerCard, { customerId })
  const names = async () => (await repA.call(getCustomerProfile, { customerId })).otherFollowers
  expect(await names()).toEqual(['陈三'])
  const calls = world.wecomCalls().length
  expect(await names()).toEqual(['陈三'])
  expect(world.wecomCalls()).toHaveLength(calls)
})
