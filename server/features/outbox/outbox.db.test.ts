import { beforeEach, describe, expect, test } from 'vitest'
import { editFollow, getCustomerCard, refreshCustomer } from '#shared/customers.ts'
import { CustomerId, TagId } from '#shared/ids.ts'
import { dropWrite, retryWrites } from '#shared/outbox.ts'
import { listTags, markTags } from '#shared/tags.ts'
import { shopCustomer, shopFollow } from '#server/testing/shop.ts'
import { createWorld } from '#server/testing/world.ts'
import { syncCustomer } from '../sync/service.ts'

const world = await createWorld()
const { deps, shop, clock } = world
const rep = await world.as('rep-a')
const [BRITISH, NORDIC] = ['G-style-1', 'G-style-2'].map((id) => TagId.parse(id))
const job = { ...deps, actor: { kind: 'job' as const, name: 'test' } }
let made = 0

/** A customer of rep-a whom we know, and what WeCom has of the tie. */
async function known() {
  const tie = shopFollow('rep-a', { remark: '旧' })
  const customer = shopCustomer(`wmOut${made++}`, [tie])
  shop.customers.push(customer)
  const customerId = CustomerId.parse(customer.externalUserid)
  await rep.call(getCustomerCard, { customerId })
  await rep.call(listTags, { customerId })
  return { customerId, tie, customer, card: () => rep.call(getCustomerCard, { customerId }) }
}
/** Busy rather than silent: the breaker is not what is tested here. */
const down = () => {
  for (const api of ['mark_tag', 'remark']) world.fail(`externalcontact/${api}`, -1, 1_000)
}
const back = () => world.slow(0)
const tag = (customerId: CustomerId, add = BRITISH!) => rep.call(markTags, { customerId, add: [add], remove: [] })
const marks = () => world.wecomCalls().filter((call) => call.path.endsWith('/mark_tag')).length

beforeEach(async () => {
  back()
  clock.advance(60_000)
  await deps.sql`delete from graphile_worker._private_jobs`
})

describe('a change while WeCom is out of reach', () => {
  test('is shown as done here and as waiting, and is in WeCom once it is back', async () => {
    const { customerId, tie, card } = await known()
    down()
    expect(await tag(customerId)).toMatchObject({ waiting: true, tags: [{ name: '复古英伦' }] })
    expect((await card()).outbox).toMatchObject([{ kind: 'tags', state: 'waiting', message: null }])
    expect(tie.tagIds).toEqual([])
    back()
    await world.work()
    expect(tie.tagIds).toEqual(['G-style-1'])
    expect(await card()).toMatchObject({ outbox: [], tags: [{ name: '复古英伦' }] })
  })

  test('keeps its order: a later one does not overtake it', async () => {
    const { customerId, tie } = await known()
    down()
    await rep.call(editFollow, { customerId, remark: '第一' })
    back()
    await rep.call(editFollow, { customerId, remark: '第二' })
    expect(tie.remark).toBe('第二')
    await world.work()
    expect(tie.remark).toBe('第二')
  })

  test('is not undone by what WeCom still says of the customer meanwhile', async () => {
    const { customerId, card } = await known()
    down()
    expect(await rep.call(editFollow, { customerId, remark: '新' })).toMatchObject({ waiting: true })
    clock.advance(1_000)
    await syncCustomer(job, customerId)
    expect((await card()).follow.remark).toBe('新')
    expect((await rep.call(refreshCustomer, { customerId })).follow.remark).toBe('新')
  })

  test('can be brought at once, or taken back here as well', async () => {
    const { customerId, tie, card } = await known()
    down()
    await tag(customerId)
    await rep.call(editFollow, { customerId, remark: '新' })
    back()
    const [first, second] = (await card()).outbox
    expect(await rep.call(dropWrite, { customerId, entryId: second!.id })).toMatchObject({
      outbox: [{ id: first!.id }],
    })
    expect((await card()).follow.remark).toBe('旧')
    expect(await rep.call(retryWrites, { customerId })).toEqual({ outbox: [] })
    expect(tie).toMatchObject({ remark: '旧', tagIds: ['G-style-1'] })
  })

  test('that WeCom refuses later is taken back, with the reason in words until it is read', async () => {
    const { customerId, card, customer } = await known()
    down()
    await tag(customerId)
    await rep.call(editFollow, { customerId, remark: '新' })
    customer.follows = []
    back()
    await world.work()
    const after = await card()
    expect(after).toMatchObject({ tags: [], follow: { remark: '旧' } })
    expect(after.outbox.map((write) => [write.state, write.message])).toEqual([
      ['failed', expect.stringContaining('84061')],
      ['failed', expect.stringContaining('84061')],
    ])
    for (const { id } of after.outbox) await rep.call(dropWrite, { customerId, entryId: id })
    expect((await card()).outbox).toEqual([])
  })

  test('taken back leaves what others did meanwhile', async () => {
    const { customerId, card } = await known()
    down()
    await tag(customerId)
    const [write] = (await card()).outbox
    await deps.sql`update follows set tag_ids = tag_ids || '{G-style-2}' where customer_id = ${customerId}`
    await rep.call(dropWrite, { customerId, entryId: write!.id })
    expect((await card()).tags.map((one) => one.id)).toEqual([NORDIC])
  })
})

test('whoever dies while bringing a write loses it to nobody: it is brought again, and once is enough', async () => {
  const { customerId, tie, card } = await known()
  down()
  await tag(customerId)
  back()
  // Somebody leased it, told WeCom, and died before noting it.
  await deps.sql`update outbox set leased_until = clock_timestamp() + interval '30 seconds' where state = 'waiting'`
  tie.tagIds.push('G-style-1')
  expect(await rep.call(retryWrites, { customerId })).toMatchObject({ outbox: [{ state: 'waiting' }] })
  const [write] = (await card()).outbox
  expect((await rep.try(dropWrite, { customerId, entryId: write!.id })).status).toBe(409)
  // Its job runs while the dead one's lease still stands: it must not take the write for done.
  await world.work()
  expect((await card()).outbox).toMatchObject([{ state: 'waiting' }])
  await deps.sql`update outbox set leased_until = clock_timestamp() - interval '1 second' where state = 'waiting'`
  await world.work()
  expect([tie.tagIds, (await card()).outbox]).toEqual([['G-style-1'], []])
})

test('twenty taps at once on one customer reach WeCom one after the other, each once', async () => {
  const { customerId, tie } = await known()
  const before = marks()
  await Promise.all(Array.from({ length: 20 }, (_, i) => tag(customerId, i % 2 ? BRITISH! : NORDIC!)))
  await world.work()
  expect([...tie.tagIds].sort()).toEqual(['G-style-1', 'G-style-2'])
  expect(marks() - before).toBe(20)
  expect((await deps.sql`select 1 from outbox where state <> 'done' and customer_id = ${customerId}`).length).toBe(0)
})

test('what an ex-follower left waiting is not written to WeCom in their name', async () => {
  const { customerId } = await known()
  down()
  expect((await tag(customerId)).waiting).toBe(true)
  await deps.sql`update follows set ended_at = now() where customer_id = ${customerId}`
  back()
  const before = marks()
  await world.work()
  expect(marks()).toBe(before)
  const [entry] = await deps.sql`select state from outbox where customer_id = ${customerId}`
  expect(entry).toEqual({ state: 'dropped' })
})

test('while this host may not call WeCom, what a rep saves waits instead of being refused', async () => {
  const { customerId, card } = await known()
  world.fail('externalcontact/mark_tag', 60020, 1_000)
  expect((await tag(customerId)).waiting).toBe(true)
  expect((await card()).outbox.map((write) => write.state)).toEqual(['waiting'])
})
