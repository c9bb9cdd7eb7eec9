import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { getCustomerCard } from '#shared/customers.ts'
import { CustomerId, NoteId } from '#shared/ids.ts'
import { createNote } from '#shared/notes.ts'
import { createLog } from '#server/log.ts'
import { makeFollowed } from '#server/testing/builders.ts'
import { makeShop, shopCustomer, shopFollow } from '#server/testing/shop.ts'
import { createWorld } from '#server/testing/world.ts'

const lines: string[] = []
const shop = { ...makeShop(), customers: [shopCustomer('wmOne', [shopFollow('rep')])] }
const world = await createWorld({ shop, log: createLog('error', { write: (line: string) => void lines.push(line) }) })
const { deps, owner } = world
const rep = await world.as('rep')
const customerId = CustomerId.parse((await makeFollowed(deps, 'rep')).id)

/** Every table answers a write as Postgres does when there is no room for it (53100). */
async function whileFull(work: () => Promise<void>): Promise<void> {
  await owner.unsafe(`create function no_room() returns trigger language plpgsql as
    $$ begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$`)
  for (const table of ['notes', 'inbox'])
    await owner.unsafe(
      `create trigger no_room before insert or update on ${table} for each row execute function no_room()`,
    )
  try {
    await work()
  } finally {
    await owner.unsafe('drop function no_room cascade')
  }
}

test('with a full disk what is there is read, what is sent is refused as not yet, and all of it goes through once there is room', async () => {
  const note = NoteId.parse(randomUUID())
  const words = { body: '记一笔', result: null, visibility: 'team' as const, mentions: [], files: [], next: null }
  const stored = async () => (await deps.sql`select 1 from notes where id = ${note}`).length
  const events = async () => (await deps.sql`select 1 from inbox`).length
  await whileFull(async () => {
    const answer = await rep.try(createNote, { customerId, note, ...words })
    expect([answer.status, answer.text.includes('磁盘满了')]).toEqual([503, true])
    expect((await rep.try(getCustomerCard, { customerId })).status).toBe(200)
    world.acts.editCustomer({ userid: 'rep', externalUserid: 'wmOne', remark: '改过' })
    await world.callbacks.settled()
    expect(world.callbacks.log.at(-1)).toMatchObject({ outcome: 'failed', status: 503 })
    expect([await stored(), await events()]).toEqual([0, 0])
  })
  expect(lines.filter((line) => line.includes('"alarm":"disk_full"')).length).toBeGreaterThan(0)
  expect((await rep.try(createNote, { customerId, note, ...words })).status).toBe(200)
  world.acts.editCustomer({ userid: 'rep', externalUserid: 'wmOne', remark: '改过' })
  await world.callbacks.settled()
  expect([await stored(), await events()]).toEqual([1, 1])
})
