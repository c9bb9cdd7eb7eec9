import { beforeEach, describe, expect, test } from 'vitest'
import { getCustomerCard } from '#shared/customers.ts'
import { CustomerId } from '#shared/ids.ts'
import { markTags } from '#shared/tags.ts'
import { TagId } from '#shared/ids.ts'
import { enqueue } from '#server/jobs/enqueue.ts'
import { makeShop, shopCustomer, shopFollow } from '#server/testing/shop.ts'
import { createWorld } from '#server/testing/world.ts'

const CUSTOMERS = 230

/** 230 customers of rep-a, every third also of rep-b; rep-c has none. */
function bigShop() {
  const customers = Array.from({ length: CUSTOMERS }, (_, i) => {
    const own = shopFollow('rep-a', { remark: `备注${i}`, tagIds: i % 2 ? ['G-level-1'] : [] })
    return shopCustomer(`wm${i}`, i % 3 ? [own] : [own, shopFollow('rep-b', { remarkMobiles: ['13800138000'] })])
  })
  return { ...makeShop(), customers }
}

const world = await createWorld({ shop: bigShop() })
const { deps, clock, acts } = world
const MINUTE = 60_000

const full = async () => {
  clock.advance(MINUTE)
  await enqueue(deps.sql, 'sync.begin', { kind: 'full' })
  await world.work()
  const [run] = await deps.sql`select customers, differences, finished_at from sync_runs order by id desc limit 1`
  return run as { customers: number; differences: number; finished_at: Date | null }
}
/** Our whole copy, without when it was made. Personal tags come with a customer read alone, never with a book. */
const copy = async () => ({
  customers:
    await deps.sql`select id, name, type, gender, avatar, union_id, corp_name, position from customers order by id`,
  follows:
    await deps.sql`select customer_id, user_id, remark, description, company, phones, add_way, state, added_at, tag_ids
    from follows where ended_at is null order by customer_id, user_id`,
  tags: await deps.sql`select id, group_id, name, position from tags order by id`,
})
const fresh = async () => {
  await world.owner`truncate customers, follows, tags, tag_groups, sync_runs, inbox cascade`
  await full()
  return copy()
}
const count = async () =>
  (await deps.sql`select count(*)::int as n from follows where ended_at is null`)[0]?.['n'] as number

beforeEach(async () => {
  world.slow(0)
  Object.assign(world.callbacks.mode, { drop: 0, duplicate: 0, shuffle: false })
  await world.owner`truncate customers, follows, sync_runs, inbox cascade`
  await deps.sql`delete from graphile_worker._private_jobs`
})

describe('the first sync', () => {
  test('brings every tie of every member, and a second one finds nothing different', async () => {
    expect(await full()).toMatchObject({ customers: CUSTOMERS + 77, finished_at: expect.anything() })
    expect(await count()).toBe(CUSTOMERS + 77)
    expect((await full()).differences).toBe(0)
  })

  test('a member without customers, and one WeCom refuses, end nothing for the others; the refusal is kept', async () => {
    world.fail('externalcontact/batch/get_by_user', 40003)
    const run = await full()
    expect(run.finished_at).not.toBeNull()
    const states = await deps.sql`select user_id, state, cause from sync_members order by user_id`
    expect(states.filter((row) => row['state'] === 'failed')).toHaveLength(1)
    expect(states.find((row) => row['state'] === 'failed')).toMatchObject({ cause: 40003 })
    expect(states).toHaveLength(3)
  })

  test('a page that fails in the middle is read again; nothing is read twice that was read', async () => {
    await enqueue(deps.sql, 'sync.begin', { kind: 'full' })
    const { readBook } = deps.wecom
    let pages = 0
    deps.wecom.readBook = async (userId, cursor) => {
      if (userId === 'rep-a' && ++pages === 2) throw new Error('cut off')
      return await readBook(userId, cursor)
    }
    await world.work()
    const [half] = await deps.sql`select state, cursor, customers from sync_members where user_id = 'rep-a'`
    expect(half).toMatchObject({ state: 'waiting', cursor: expect.stringMatching(/./) })
    await world.work()
    deps.wecom.readBook = readBook
    expect(await count()).toBe(CUSTOMERS + 77)
    const [row] = await deps.sql`select state, customers from sync_members where user_id = 'rep-a'`
    expect(row).toEqual({ state: 'done', customers: CUSTOMERS })
  })

  test('a cursor that expired begins the member anew', async () => {
    await enqueue(deps.sql, 'sync.begin', { kind: 'full' })
    const { readBook } = deps.wecom
    let pages = 0
    deps.wecom.readBook = async (userId, cursor) => {
      if (userId === 'rep-a' && ++pages === 2) clock.advance(2 * 60 * MINUTE)
      return await readBook(userId, cursor)
    }
    await world.work()
    await world.work()
    deps.wecom.readBook = readBook
    expect(await count()).toBe(CUSTOMERS + 77)
    expect((await deps.sql`select 1 from sync_members where state <> 'done'`).length).toBe(0)
  })

  test('what a rep changed while a page was under way is not undone by the page', async () => {
    await full()
    const rep = await world.as('rep-a')
    const customerId = CustomerId.parse('wm0')
    const { readBook } = deps.wecom
    deps.wecom.readBook = async (userId, cursor) => {
      const page = await readBook(userId, cursor)
      if (userId === 'rep-a' && cursor === '') {
        clock.advance(1_000)
        await rep.call(markTags, { customerId, add: [TagId.parse('G-style-1')], remove: [] })
      }
      return page
    }
    await full()
    deps.wecom.readBook = readBook
    const card = await rep.call(getCustomerCard, { customerId })
    expect(card.tags.map((tag) => tag.name)).toContain('复古英伦')
  })

  test('a customer that vanished and a member who lost the right end their ties, and are counted', async () => {
    await full()
    world.shop.customers.splice(0, 1)
    world.shop.members.find((m) => m.userid === 'rep-b')!.customerContact = false
    const run = await full()
    world.shop.members.find((m) => m.userid === 'rep-b')!.customerContact = true
    expect(run.differences).toBe(1 + 77)
    expect(await count()).toBe(CUSTOMERS - 1)
  })
})

test('personal tags, which no book holds, are read customer by customer after it', async () => {
  const one = world.shop.customers.find((customer) => customer.externalUserid === 'wm7')!
  one.follows[0]!.personalTags = [{ groupName: '我的', name: '老邻居' }]
  await full()
  const [row] = await deps.sql`
    select personal_tags from follows where customer_id = 'wm7' and user_id = ${one.follows[0]!.userid}`
  expect(row).toEqual({ personal_tags: [{ group: '我的', name: '老邻居' }] })
  const reads = () => world.wecomCalls().filter((call) => call.path.endsWith('/externalcontact/get')).length
  const before = reads()
  await full()
  expect(reads()).toBe(before)
})

describe('after changes in WeCom', () => {
  const change = (i: number) => {
    const pair = { userid: 'rep-a', externalUserid: `wm${10 + (i % 40)}` }
    if (i % 7 === 0) acts.addCustomer({ userid: 'rep-c', name: `新${i}` })
    else if (i % 11 === 0) acts.renameTag({ id: 'G-level-1', name: `银卡${i}` })
    else acts.editCustomer({ ...pair, remark: `改${i}`, tagIds: i % 2 ? ['G-style-2'] : [] })
    clock.advance(1_000)
  }

  test('events in any order, each twice, end in the state of a fresh sync', async () => {
    await full()
    Object.assign(world.callbacks.mode, { duplicate: 1, shuffle: true })
    for (let i = 1; i <= 60; i++) change(i)
    acts.deleteCustomer({ userid: 'rep-a', externalUserid: 'wm50', by: 'member' })
    await world.callbacks.settled()
    clock.advance(5_000)
    await world.work()
    expect((await deps.sql`select 1 from inbox where applied_at is null`).length).toBe(0)
    const ours = await copy()
    expect(ours.follows).toEqual((await fresh()).follows)
    expect(ours.tags).toEqual((await copy()).tags)
  })

  test('when one in ten is lost, the reconcile finds the rest and counts what it found', async () => {
    await full()
    world.callbacks.mode.drop = 0.1
    for (let i = 1; i <= 80; i++) change(i)
    await world.callbacks.settled()
    clock.advance(5_000)
    await world.work()
    world.callbacks.mode.drop = 0
    await full()
    const ours = await copy()
    expect((await full()).differences).toBe(0)
    expect(ours).toEqual(await fresh())
  })

  test('ten events about one customer are one call to WeCom, and one that comes meanwhile is not swallowed', async () => {
    await full()
    const pair = { userid: 'rep-a', externalUserid: 'wm3' }
    for (let i = 0; i < 10; i++) {
      acts.editCustomer({ ...pair, remark: `第${i}次` })
      clock.advance(1_000)
    }
    await world.callbacks.settled()
    const { readCustomer } = deps.wecom
    let asked = 0
    deps.wecom.readCustomer = async (id) => {
      const read = await readCustomer(id)
      if (++asked === 1) {
        clock.advance(1_000)
        acts.editCustomer({ ...pair, remark: '最后一次' })
        await world.callbacks.settled()
        clock.advance(1_000)
      }
      return read
    }
    await world.work()
    deps.wecom.readCustomer = readCustomer
    expect(asked).toBe(2)
    const [row] = await deps.sql`select remark from follows where customer_id = 'wm3' and user_id = 'rep-a'`
    expect(row).toEqual({ remark: '最后一次' })
  })

  test('two changes in one second have the same event, and both arrive', async () => {
    await full()
    for (const remark of ['这一秒的第一次', '这一秒的第二次']) {
      acts.editCustomer({ userid: 'rep-a', externalUserid: 'wm5', remark })
      await world.callbacks.settled()
      await world.work()
    }
    expect((await deps.sql`select count(*)::int as n from inbox where subject = 'customer wm5'`)[0]).toEqual({ n: 1 })
    const [row] = await deps.sql`select remark from follows where customer_id = 'wm5' and user_id = 'rep-a'`
    expect(row).toEqual({ remark: '这一秒的第二次' })
  })

  test('WeCom being down costs nothing: the event waits and is applied when it is back', async () => {
    await full()
    acts.editCustomer({ userid: 'rep-a', externalUserid: 'wm4', remark: '断网时改的' })
    await world.callbacks.settled()
    const remark = async () =>
      (await deps.sql`select remark from follows where customer_id = 'wm4' and user_id = 'rep-a'`)[0]
    world.fail('*', -1000, 3)
    const { readCustomer } = deps.wecom
    await deps.sql`update graphile_worker._private_jobs set run_at = now()`
    await world.work()
    world.slow(0)
    clock.advance(MINUTE)
    await world.work()
    expect(await remark()).toEqual({ remark: '断网时改的' })
    expect(deps.wecom.readCustomer).toBe(readCustomer)
  })

  test('a member who left is out at the next recheck, where the event was lost', async () => {
    const rep = await world.as('rep-c')
    world.callbacks.mode.drop = 1
    acts.memberLeaves({ userid: 'rep-c' })
    await world.callbacks.settled()
    await enqueue(deps.sql, 'members.recheck', {})
    await world.work()
    const customerId = CustomerId.parse('wm0')
    await expect.poll(async () => (await rep.try(getCustomerCard, { customerId })).status).toBe(401)
  })

  test('a member who left is out at once', async () => {
    await full()
    const rep = await world.as('rep-b')
    const customerId = CustomerId.parse('wm0')
    expect((await rep.try(getCustomerCard, { customerId })).status).not.toBe(401)
    acts.memberLeaves({ userid: 'rep-b' })
    await world.callbacks.settled()
    await world.work()
    await expect.poll(async () => (await rep.try(getCustomerCard, { customerId })).status).toBe(401)
  })
})

describe('runs that broke off', () => {
  const openRuns = async () => (await deps.sql`select kind from sync_runs where finished_at is null`).length

  test('a reading of the recent that was killed does not hold up the next hour’s', async () => {
    await deps.sql`insert into sync_runs (kind, started_at) values ('recent', ${clock.now().toISOString()}::timestamptz)`
    clock.advance(60 * MINUTE)
    await enqueue(deps.sql, 'sync.begin', { kind: 'recent' })
    await world.work()
    expect(await openRuns()).toBe(0)
  })

  test('a member whose job used up its attempts counts as failed, and the next night’s run begins', async () => {
    await full()
    const [run] = await deps.sql`insert into sync_runs (kind, started_at) values ('full', now()) returning id`
    await deps.sql`insert into sync_members (run_id, user_id) values (${run!['id']}, 'rep-a')`
    await full()
    expect(await openRuns()).toBe(0)
    const [stuck] = await deps.sql`select state from sync_members where run_id = ${run!['id']}`
    expect(stuck).toEqual({ state: 'failed' })
    const [newest] = await deps.sql`select id > ${run!['id']} as later from sync_runs order by id desc limit 1`
    expect(newest).toEqual({ later: true })
  })

  test('two that begin at once are one', async () => {
    await world.owner`truncate sync_runs cascade`
    await Promise.all([1, 2, 3].map(() => enqueue(deps.sql, 'sync.begin', { kind: 'full' })))
    await world.work()
    const [{ n }] = (await deps.sql`select count(*)::int as n from sync_runs where finished_at is null`) as [
      { n: number },
    ]
    expect(n).toBe(0)
  })
})
