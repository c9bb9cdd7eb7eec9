import { describe, expect, test, vi } from 'vitest'
import { listAudit } from '#shared/audit.ts'
import { getCustomerCard, getCustomerProfile, revealPhones } from '#shared/customers.ts'
import type { Output } from '#shared/endpoint.ts'
import { CustomerId } from '#shared/ids.ts'
import { getLedCustomer } from '#shared/led.ts'
import { setRoles } from '#shared/members.ts'
import { makeFollow, makeFollowed, makeMember, makeStore } from '#server/testing/builders.ts'
import { createWorld } from '#server/testing/world.ts'

const world = await createWorld()
const { deps, owner, clock } = world
const PHONE = '13812345678'

async function phoneCustomer(userId: string) {
  const { id } = await makeFollowed(deps, userId, { follow: { phones: [PHONE] } })
  return CustomerId.parse(id)
}
const entries = (actor: string) => deps.sql<{ action: string; subject: string; detail: object }[]>`
  select action, subject, detail from audit_log where actor = ${actor} order by id`
const give = (userId: string, role: string) =>
  deps.sql`insert into member_roles (user_id, role, given_by, given_at) values (${userId}, ${role}, 'test', now())`

describe('the audit log', () => {
  test.for([
    'update audit_log set actor = null',
    'delete from audit_log',
    'truncate audit_log',
    'drop table audit_log',
    'alter table audit_log disable trigger all',
    'alter table follows add column x int',
    'create table mine (id int)',
    'drop trigger audit_log_keeps on audit_log',
    'create or replace function audit_log_keeps() returns trigger language sql as $$ select null $$',
  ])('the app may not run: %s', async (statement) => {
    await deps.sql`insert into audit_log (actor, action) values ('test', 'test')`
    await expect(deps.sql.unsafe(statement)).rejects.toMatchObject({ code: '42501' })
  })

  test('the owner of the schema cannot change an entry either, nor take one away before six months', async () => {
    const [young] = await owner`insert into audit_log (actor, action) values ('keeps', 'young') returning id`
    const [old] = await owner`
      insert into audit_log (at, actor, action) values (now() - interval '7 months', 'keeps', 'old') returning id`
    await expect(owner`update audit_log set action = 'x' where id = ${young!['id']}`).rejects.toThrow('six months')
    await expect(owner`delete from audit_log where id = ${young!['id']}`).rejects.toThrow('six months')
    await expect(owner`truncate audit_log`).rejects.toThrow('six months')
    expect((await owner`delete from audit_log where id = ${old!['id']} returning id`).length).toBe(1)
  })

  test('an auditor reads it newest first, page by page, narrowed by who and what', async () => {
    const auditor = await world.as('rep-auditor')
    await give('rep-auditor', 'auditor')
    await deps.sql`insert into audit_log (actor, action, subject) select 'many', 'did ' || i % 2, i::text from generate_series(1, 120) i`
    const seen: (string | null)[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Output<typeof listAudit> = await auditor.call(listAudit, { actor: 'many', ...(cursor && { cursor }) })
      seen.push(...page.entries.map((entry) => entry.subject))
      cursor = page.nextCursor
    }
    expect(seen).toEqual(Array.from({ length: 120 }, (_, i) => String(120 - i)))
    const { entries: odd } = await auditor.call(listAudit, { actor: 'many', action: 'did 1' })
    expect(odd.every((entry) => entry.action === 'did 1')).toBe(true)
  })
})

describe('whole phone numbers', () => {
  test('are shown for a reason, which is recorded with who asked; the profile stays masked', async () => {
    const rep = await world.as('rep-phone')
    const customerId = await phoneCustomer('rep-phone')
    const answer = await rep.call(revealPhones, { customerId, reason: '回电确认尺码' })
    expect(answer).toEqual({ phones: [PHONE], left: 29 })
    expect([...(await entries('rep-phone'))]).toEqual([
      { action: 'customer.phones_revealed', subject: customerId, detail: { reason: '回电确认尺码', count: 1 } },
    ])
    expect((await rep.try(getCustomerProfile, { customerId })).text).not.toContain(PHONE)
  })

  test('are not shown without a reason', async () => {
    const rep = await world.as('rep-phone')
    const customerId = await phoneCustomer('rep-phone')
    for (const reason of ['', ' ', ' 啊 '])
      expect((await rep.try(revealPhones, { customerId, reason })).status).toBe(400)
  })

  test('thirty times a day and no more, also when asked for all at once; tomorrow again', async () => {
    const rep = await world.as('rep-curious')
    const customerId = await phoneCustomer('rep-curious')
    const ask = () => rep.try(revealPhones, { customerId, reason: '回电' })
    const answers = await Promise.all(Array.from({ length: 40 }, ask))
    expect(answers.filter((answer) => answer.status === 200).length).toBe(30)
    const refused = answers.filter((answer) => answer.status === 429)
    expect([refused.length, refused.some((answer) => answer.text.includes(PHONE))]).toEqual([10, false])
    await owner`alter table audit_log disable trigger audit_log_keeps`
    await owner`update audit_log set at = at - interval '1 day' where actor = 'rep-curious'`
    await owner`alter table audit_log enable trigger audit_log_keeps`
    expect((await ask()).status).toBe(200)
  })

  test('no audit, no data', async () => {
    const rep = await world.as('rep-unseen')
    const customerId = await phoneCustomer('rep-unseen')
    await owner`revoke insert on audit_log from pangbai_app`
    const answer = await rep.try(revealPhones, { customerId, reason: '回电' })
    await owner`grant insert on audit_log to pangbai_app`
    expect([answer.status, answer.text.includes(PHONE)]).toEqual([500, false])
  })
})

test('a manager who reads what a rep wrote leaves an entry; one who may not leaves none', async () => {
  await makeStore(deps, 31, '三十一')
  await deps.sql`update departments set leader_user_ids = '{boss}' where id = 31`
  await deps.sql`insert into department_tree values (31, 31)`
  const boss = await world.as('boss')
  await makeMember(deps, 'rep-led', { departmentIds: [31] })
  const { id } = await makeFollowed(deps, 'rep-led', { follow: { remark: '老客户' } })
  const tie = { customerId: CustomerId.parse(id), followerId: 'rep-led' }
  expect((await boss.call(getLedCustomer, tie)).follow.remark).toBe('老客户')
  await makeFollow(deps, id, 'rep-not-led')
  expect((await boss.try(getLedCustomer, { ...tie, followerId: 'rep-not-led' })).status).toBe(404)
  expect([...(await entries('boss'))]).toEqual([
    { action: 'customer.read_as_manager', subject: id, detail: { followerId: 'rep-led' } },
  ])
})

test('roles that change are recorded with what they were; setting the same again is not', async () => {
  const admin = await world.as('rep-admin')
  await give('rep-admin', 'admin')
  await makeMember(deps, 'rep-clerk')
  for (const roles of [['clerk'] as const, ['clerk'] as const, [] as const])
    await admin.call(setRoles, { memberId: 'rep-clerk', roles: [...roles] })
  expect([...(await entries('rep-admin'))]).toEqual([
    { action: 'roles.set', subject: 'rep-clerk', detail: { before: [], after: ['clerk'] } },
    { action: 'roles.set', subject: 'rep-clerk', detail: { before: ['clerk'], after: [] } },
  ])
})

describe('opening customers in bulk', () => {
  const open = async (rep: Awaited<ReturnType<typeof world.as>>, ids: string[]) => {
    const statuses: number[] = []
    for (const id of ids) statuses.push((await rep.try(getCustomerCard, { customerId: CustomerId.parse(id) })).status)
    return statuses
  }
  const book = async (userId: string, n: number) => {
    const ids = Array.from({ length: n }, (_, i) => `wm-${userId}-${i}`)
    await deps.sql`insert into customers (id, name, type) select id, '客户', 1 from unnest(${ids}::text[]) id`
    await deps.sql`insert into follows (customer_id, user_id, added_at, synced_at)
      select id, ${userId}, now(), ${clock.now().toISOString()}::timestamptz from unnest(${ids}::text[]) id`
    return ids
  }

  test('the 301st in ten minutes is refused and the auditor told once; the same customers stay open', async () => {
    const rep = await world.as('rep-bulk')
    const ids = await book('rep-bulk', 304)
    expect(new Set(await open(rep, ids.slice(0, 300)))).toEqual(new Set([200]))
    expect(await open(rep, ids.slice(300))).toEqual([429, 429, 429, 429])
    expect(await open(rep, ids.slice(0, 5))).toEqual([200, 200, 200, 200, 200])
    expect([...(await entries('rep-bulk'))].map((entry) => entry.action)).toEqual(['customers.bulk_refused'])
    clock.advance(600_001)
    expect(await open(rep, ids.slice(300))).toEqual([200, 200, 200, 200])
  })

  test('a colleague and a normal day are not touched', async () => {
    const rep = await world.as('rep-day')
    const ids = await book('rep-day', 400)
    for (let hour = 0; hour < 8; hour++, clock.advance(3_600_000))
      expect(new Set(await open(rep, ids.slice(hour * 50, hour * 50 + 50)))).toEqual(new Set([200]))
  })

  test('what was opened at another node counts within seconds', async () => {
    const rep = await world.as('rep-two-nodes')
    const ids = await book('rep-two-nodes', 320)
    await deps.sql`insert into customer_openings (user_id, customer_id, opened_at)
      select 'rep-two-nodes', id, ${clock.now().toISOString()}::timestamptz from unnest(${ids.slice(0, 299)}::text[]) id`
    expect(await open(rep, [ids[299]!])).toEqual([200])
    let next = 300
    await vi.waitFor(async () => expect(await open(rep, [ids[next++]!])).toEqual([429]), {
      timeout: 5_000,
      interval: 500,
    })
  })
})
