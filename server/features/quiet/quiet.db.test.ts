import { expect, test } from 'vitest'
import { CustomerId, TaskId } from '#shared/ids.ts'
import { getQuiet, saveQuiet } from '#shared/quiet.ts'
import { createTask } from '#shared/tasks.ts'
import { makeFollowed } from '#server/testing/builders.ts'
import { createWorld } from '#server/testing/world.ts'

const world = await createWorld()
const { deps } = world
const rep = await world.as('rep-a')
const admin = await world.as('rep-admin')
await deps.sql`insert into member_roles (user_id, role, given_by, given_at) values ('rep-admin', 'admin', 'test', now())`
const customerId = CustomerId.parse((await makeFollowed(deps, 'rep-a')).id)
const remindedAt = async (dueAt: string) => {
  const at = new Date(dueAt).toISOString()
  const task = { task: TaskId.parse(crypto.randomUUID()), title: '回电', dueAt: at, remind: true, repeat: null }
  return Date.parse((await rep.call(createTask, { customerId, ...task })).remindAt!)
}

test('until an admin chooses, the setting stands', async () => {
  expect(await admin.call(getQuiet, {})).toEqual({ quiet: deps.config.quietHours ?? null, chosen: false })
})

test('a reminder waits for the end of the hours an admin has chosen, and the change is recorded', async () => {
  const quiet = { from: 12 * 60, until: 14 * 60 }
  expect(await admin.call(saveQuiet, { quiet })).toEqual({ quiet, chosen: true })
  expect(await remindedAt('2027-01-04T12:30:00+08:00')).toBe(Date.parse('2027-01-04T14:00:00+08:00'))
  expect(await remindedAt('2027-01-04T23:30:00+08:00')).toBe(Date.parse('2027-01-04T23:30:00+08:00'))
  expect(await deps.sql`select detail from audit_log where action = 'quiet.saved'`).toEqual([{ detail: { quiet } }])
})

test('no quiet hours at all can be chosen, against the setting too', async () => {
  expect(await admin.call(saveQuiet, { quiet: null })).toEqual({ quiet: null, chosen: true })
  expect(await remindedAt('2027-01-04T03:00:00+08:00')).toBe(Date.parse('2027-01-04T03:00:00+08:00'))
})

test('hours that begin where they end are refused', async () => {
  expect((await admin.try(saveQuiet, { quiet: { from: 60, until: 60 } })).status).toBe(400)
})
