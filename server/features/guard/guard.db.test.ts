import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { getAside } from '#shared/aside.ts'
import { getGuard, type GuardRules, overrideGuard, previewGuard, saveGuardRules, setRefusal } from '#shared/guard.ts'
import { CustomerId } from '#shared/ids.ts'
import { recordSend } from '#shared/sends.ts'
import { DAY_MS } from '#shared/shop-time.ts'
import { denyTaste } from '#shared/tastes.ts'
import { makeBuyer, makeFollow, makeFollowed } from '#server/testing/builders.ts'
import { createWorld } from '#server/testing/world.ts'

const world = await createWorld()
const { deps, as } = world
const rules: GuardRules = {
  weights: { mass: 1, promotion: 0.6, service: 0.2 },
  warnAt: 1,
  blockAt: 2,
  weekly: 3,
  monthly: 4,
}

/** A customer of two reps. */
async function shared() {
  const { id } = await makeFollowed(deps, 'rep-a')
  await makeFollow(deps, id, 'rep-b')
  return CustomerId.parse(id)
}
const said = (
  customerId: CustomerId,
  content: string,
  about: { answering?: boolean; outcome?: 'ok' | 'failed' | 'cancelled' } = {},
) => ({
  customerId,
  key: randomUUID(),
  replyId: null,
  part: 0,
  partType: 'text' as const,
  content,
  outcome: 'ok' as const,
  reason: null,
  ...about,
})

test('promotions of both reps weigh on the one customer, an answer less, and what did not go out nothing', async () => {
  const customerId = await shared()
  await (await as('rep-a')).call(recordSend, said(customerId, '新品到店，满300减50'))
  await (await as('rep-b')).call(recordSend, said(customerId, '周末8折'))
  await (await as('rep-a')).call(recordSend, said(customerId, '快递已经发出'))
  await (await as('rep-a')).call(recordSend, said(customerId, '您问的优惠券在这里', { answering: true }))
  await (await as('rep-a')).call(recordSend, said(customerId, '新品', { outcome: 'failed' }))
  await (await as('rep-a')).call(recordSend, said(customerId, '新品', { outcome: 'cancelled' }))
  const { verdict, touches } = await (await as('rep-a')).call(getGuard, { customerId })
  expect(verdict).toMatchObject({ pressure: 1.6, week: 2 })
  expect(touches).toHaveLength(4)
  expect(verdict.customer).not.toBe('')
  expect(touches.filter(({ mine }) => !mine).map(({ title }) => title)).toEqual([null])
})

test('the aside says nothing while all is well, and names why once it is not', async () => {
  const customerId = await shared()
  const rep = await as('rep-a')
  expect((await rep.call(getAside, { customerId })).guard).toBeUndefined()
  for (let i = 0; i < 3; i += 1) await rep.call(recordSend, said(customerId, '限时优惠'))
  const { guard } = await rep.call(getAside, { customerId })
  expect(guard).toMatchObject({ verdict: 'block', week: 3 })
  expect(guard?.reasons.map(({ kind }) => kind)).toContain('weekly')
  expect(guard).toMatchObject({ last: { mine: true, title: '限时优惠' } })
  expect((await (await as('rep-b')).call(getAside, { customerId })).guard?.last).toMatchObject({
    mine: false,
    title: null,
  })
})

test('who asked not to be contacted is known to every colleague until they take it back, and both are recorded', async () => {
  const customerId = await shared()
  const other = await as('rep-b')
  await (await as('rep-a')).call(setRefusal, { customerId, reason: '说最近别发活动' })
  const { refusal, verdict } = await other.call(getGuard, { customerId })
  expect(refusal).toMatchObject({ by: 'rep-a', reason: '说最近别发活动' })
  expect(verdict.verdict).toBe('block')
  await other.call(setRefusal, { customerId, reason: null })
  expect((await other.call(getGuard, { customerId })).refusal).toBeNull()
  const actions = await deps.sql`select action from audit_log where subject = ${customerId} order by id`
  expect(actions.map(({ action }) => action as string)).toEqual(['guard.refused', 'guard.refusal_ended'])
})

test('sending against the guard needs a reason and is recorded with the verdict of that moment', async () => {
  const customerId = await shared()
  const rep = await as('rep-a')
  await rep.call(setRefusal, { customerId, reason: '不要打扰' })
  const short = await rep.try(overrideGuard, { customerId, reason: ' ', content: '新品' })
  expect(short.status).toBe(400)
  await rep.call(overrideGuard, { customerId, reason: '客户刚打电话来要', content: '新品' })
  const [row] =
    await deps.sql`select actor, detail from audit_log where action = 'guard.overridden' and subject = ${customerId}`
  expect(row).toMatchObject({
    actor: 'rep-a',
    detail: { reason: '客户刚打电话来要', verdict: 'block', reasons: ['refused'] },
  })
})

test('an admin sees what other rules would have said to the last 30 days, before they are saved', async () => {
  await deps.sql`delete from sends`
  await deps.sql`insert into member_roles (user_id, role, given_by, given_at) values ('rep-c', 'admin', 'test', now())`
  const admin = await as('rep-c')
  const customerId = await shared()
  const day = (n: number) => new Date(deps.now().getTime() - n * DAY_MS).toISOString()
  for (const n of [1, 2, 3, 4, 40])
    await deps.sql`insert into sends (key, customer_id, user_id, part, part_type, content, outcome, sent_at, kind)
      values (gen_random_uuid(), ${customerId}, 'rep-a', 0, 'text', '新品', 'ok', ${day(n)}::timestamptz, 'promotion')`
  expect(await admin.call(previewGuard, { rules })).toEqual({
    promotions: 4,
    allow: 2,
    warn: 1,
    block: 1,
    customers: 1,
    more: false,
  })
  expect(await admin.call(previewGuard, { rules: { ...rules, weekly: 100, warnAt: 50, blockAt: 60 } })).toMatchObject({
    allow: 4,
  })
  const wrong = await admin.try(saveGuardRules, { rules: { ...rules, warnAt: 3 } })
  expect(wrong.status).toBe(400)
  expect(await admin.call(saveGuardRules, { rules })).toEqual({ rules, chosen: true })
})

test('whoever bought a few days ago is not warned of for nothing: by their own rhythm, unless somebody said that it is not theirs', async () => {
  const buyer = await makeBuyer(deps, { orderCount: 4, lastOrderedAt: new Date(deps.now().getTime() - 3 * DAY_MS) })
  await deps.sql`insert into buyer_tastes (buyer_id, words, rhythm_days, read_at) values (${buyer.id}, '{rhythm:3}', 45, now())`
  const customerId = CustomerId.parse((await makeFollowed(deps, 'rep-a', { customer: { buyerId: buyer.id } })).id)
  const rep = await as('rep-a')
  expect((await rep.call(getGuard, { customerId })).verdict).toMatchObject({
    verdict: 'warn',
    reasons: [{ kind: 'rhythm', value: 3, limit: 45 }],
  })
  await rep.call(denyTaste, { customerId, word: 'rhythm:3', denied: true })
  expect((await rep.call(getGuard, { customerId })).verdict.verdict).toBe('allow')
})
