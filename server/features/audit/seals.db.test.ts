import { expect, test } from 'vitest'
import { verifyAudit } from '#shared/audit.ts'
import { createWorld } from '#server/testing/world.ts'
import { sealAudit } from './seals.ts'

const world = await createWorld()
const { deps, owner } = world
const auditor = await world.as('auditor')
await deps.sql`insert into member_roles (user_id, role, given_by, given_at) values ('auditor', 'auditor', 'test', now())`
const job = { ...deps, actor: { kind: 'job' as const, name: 'test' } }
const written = (action: string, hours: number) =>
  deps.sql`insert into audit_log (at, actor, action) values (clock_timestamp() - ${hours}::int * interval '1 hour', 'rep', ${action})`
const verify = () => auditor.call(verifyAudit, {})
/** As whoever owns the server could. */
async function tamper(sql: string) {
  await owner.unsafe('alter table audit_log disable trigger all')
  await owner.unsafe(sql)
  await owner.unsafe('alter table audit_log enable trigger all')
}

test('what is older than an hour is sealed; a change of one entry breaks its seal and all after it, and is named', async () => {
  for (const action of ['one', 'two', 'three']) await written(action, 3)
  await written('young', 0)
  await sealAudit(job)
  await sealAudit(job)
  expect(await verify()).toMatchObject({ seals: 1, entries: 3, brokenFrom: null, unsealed: 1 })
  await tamper(`update audit_log set at = clock_timestamp() - interval '2 hours' where action = 'young'`)
  await sealAudit(job)
  expect(await verify()).toMatchObject({ seals: 2, entries: 4, brokenFrom: null })
  const [two] = await owner`select id::text from audit_log where action = 'two'`
  await tamper(`update audit_log set actor = 'somebody else' where action = 'two'`)
  expect((await verify()).brokenFrom).toBe(String(Number(two!['id']) - 1))
  await tamper(`update audit_log set actor = 'rep' where action = 'two'`)
  expect((await verify()).brokenFrom).toBeNull()
})

test('a removed entry is missed; entries removed by their term are not', async () => {
  await written('kept', 3)
  await sealAudit(job)
  await tamper(`delete from audit_log where action = 'kept'`)
  expect((await verify()).brokenFrom).not.toBeNull()
  await owner`update audit_seals set sealed_at = sealed_at - interval '7 months'`
  expect((await verify()).brokenFrom).toBeNull()
})

test('the app itself can change no seal', async () => {
  await expect(deps.sql`delete from audit_seals`).rejects.toThrow(/permission denied/)
})
