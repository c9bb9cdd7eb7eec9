import { describe, expect, test } from 'vitest'
import { CustomerCard, getCardVersion, getCustomerCard, refreshCustomer } from '#shared/customers.ts'
import { CustomerId } from '#shared/ids.ts'
import { makeBuyer, makeFollowed, makeOrder, makeReply, makeStore, makeTagGroup } from '#server/testing/builders.ts'
import { createWorld } from '#server/testing/world.ts'

const world = await createWorld()
const { deps, clock } = world
const rep = await world.as('rep-a')
const id = (text: string) => CustomerId.parse(text)
const MINUTE = 60_000

describe('the card of a customer we know', () => {
  const open = async () => {
    const customer = await makeFollowed(deps, 'rep-a', { follow: { syncedAt: clock.now() } })
    return id(customer.id)
  }

  test('shows who it is, what they bought, their tags and the replies most likely to be sent', async () => {
    await makeStore(deps, 7, '静安店')
    await deps.sql`update members set name = '陈一', main_department_id = 7 where user_id = 'rep-a'`
    await makeTagGroup(deps, 'level', { t1: '金卡', t2: '银卡' }, { name: '等级', tone: 'o', position: 1 })
    const buyer = await makeBuyer(deps, { orderCount: 2, spendFen: 5100, months: { '2026-01': 5100 } })
    const newest = await makeOrder(deps, buyer.id, { orderedAt: new Date('2026-01-03T00:00:00Z') })
    await makeOrder(deps, buyer.id, { orderedAt: new Date('2026-01-02T00:00:00Z') })
    const reply = await makeReply(deps, { title: '尺码建议' })
    const customer = await makeFollowed(deps, 'rep-a', {
      customer: { name: '李静文', buyerId: buyer.id, gender: 2 },
      follow: {
        remark: '李姐',
        phones: ['13812345521'],
        tagIds: ['t1', 'gone'],
        personalTags: [{ group: '我的', name: '邻居' }],
      },
    })
    const card = await rep.call(getCustomerCard, { customerId: id(customer.id) })
    expect(card).toMatchObject({
      me: { userId: 'rep-a', name: '陈一', storeName: '静安店' },
      customer: { name: '李静文', gender: 2 },
      follow: { remark: '李姐', phones: ['138****5521'] },
      summary: { orderCount: 2, spendFen: 5100, months: { '2026-01': 5100 } },
      asOf: '2026-01-05T01:00:00+00:00',
      stale: false,
    })
    expect(card.tags).toEqual([
      { id: 't1', name: '金卡', group: '等级', tone: 'o' },
      { id: null, name: '邻居', group: '我的', tone: 'g' },
    ])
    expect(card.orders.map((o) => o.id)).toEqual([String(newest.id), expect.any(String)])
    expect(card.replies.map((r) => r.id)).toContain(reply.id)
  })

  test('opens in at most three statements at first, in one soon after, and without asking WeCom', async () => {
    const other = await world.as('rep-counted')
    const { id: customerId } = await makeFollowed(deps, 'rep-counted', { follow: { syncedAt: clock.now() } })
    const calls = world.wecomCalls().length
    const open = () => world.statements(() => other.call(getCustomerCard, { customerId: id(customerId) }))
    expect((await open()).length).toBeLessThanOrEqual(3)
    expect(await open()).toHaveLength(1)
    expect(world.wecomCalls()).toHaveLength(calls)
  })

  test('a tag that is new to the process has its name at once, a renamed one within three seconds', async () => {
    const { id: customerId } = await makeFollowed(deps, 'rep-a', { follow: { tagIds: ['new-1'] } })
    const names = async () => (await rep.call(getCustomerCard, { customerId: id(customerId) })).tags.map((t) => t.name)
    expect(await names()).toEqual([])
    clock.advance(3_000)
    await makeTagGroup(deps, 'late', { 'new-1': '怕热', 'new-2': '怕冷' })
    expect(await names()).toEqual(['怕热'])
    await deps.sql`update follows set tag_ids = '{new-1,new-2}' where customer_id = ${customerId}`
    await deps.sql`insert into tags select 'new-3', group_id, '怕雨', 9, '', '' from tags where id = 'new-1'`
    await deps.sql`update follows set tag_ids = tag_ids || '{new-3}' where customer_id = ${customerId}`
    expect(await names()).toEqual(['怕热', '怕冷', '怕雨'])
    await deps.sql`update tags set name = '怕晒' where id = 'new-1'`
    clock.advance(3_000)
    expect(await names()).toEqual(['怕晒', '怕冷', '怕雨'])
  })

  test('a tag that WeCom no longer has is not looked for again and again', async () => {
    const customerId = id((await makeFollowed(deps, 'rep-a', { follow: { tagIds: ['deleted'] } })).id)
    await rep.call(getCustomerCard, { customerId })
    expect(await world.statements(() => rep.call(getCustomerCard, { customerId }))).toHaveLength(1)
  })

  test('has another version when anything of it changed, and the same when nothing did', async () => {
    const customerId = await open()
    const version = async () => (await rep.call(getCardVersion, { customerId })).version
    const shown = await rep.call(getCustomerCard, { customerId })
    expect(await version()).toBe(shown.version)
    await deps.sql`update follows set remark = '别的' where customer_id = ${customerId}`
    const changed = await version()
    expect(changed).not.toBe(shown.version)
    await deps.sql`insert into outbox (customer_id, user_id, write, created_at)
      values (${customerId}, 'rep-a', '{"kind":"tags"}', now())`
    expect(await version()).not.toBe(changed)
  })

  test('is the JSON that Postgres wrote, valid against the contract', async () => {
    const answer = await rep.try(getCustomerCard, { customerId: await open() })
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(CustomerCard.parse(answer.body)).toEqual(answer.body)
  })

  test('says after ten minutes that it is stale, and is still shown while WeCom is down', async () => {
    const customerId = await open()
    clock.advance(10 * MINUTE + 1)
    world.fail('*', -1000)
    expect((await rep.call(getCustomerCard, { customerId })).stale).toBe(true)
    expect((await rep.try(refreshCustomer, { customerId })).status).toBe(503)
    expect((await rep.call(getCustomerCard, { customerId })).stale).toBe(true)
  })

  test('a customer without orders has no summary and no orders', async () => {
    const card = await rep.call(getCustomerCard, { customerId: await open() })
    expect([card.summary, card.orders]).toEqual([null, []])
  })
})
