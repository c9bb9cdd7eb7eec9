import { expect, test } from 'vitest'
import { createWorld } from '#server/testing/world.ts'
import { enqueue } from './enqueue.ts'
import { readStatus, retryDead } from './status.ts'

const world = await createWorld()
const { sql } = world.deps

test('says how sync, inbox, outbox and queue are doing', async () => {
  await enqueue(sql, 'sync.begin', { kind: 'full' })
  await world.work()
  const done = await readStatus(sql)
  expect(done.sync).toMatchObject([{ kind: 'full', members: 3, membersDone: 3, membersFailed: 0, differences: 0 }])
  await sql`insert into outbox (customer_id, user_id, write, created_at)
    values ('wm', 'rep-a', '{"kind":"tags"}', now() - interval '90 seconds')`
  await enqueue(sql, 'inbox.clean', {})
  const waiting = await readStatus(sql)
  expect(waiting.outbox).toMatchObject({ waiting: 1, failed: 0 })
  expect(waiting.outbox.oldestSeconds).toBeGreaterThanOrEqual(90)
  expect(waiting.queue.jobs).toBe(1)
})

test('a job that used up its attempts is named, and can be tried again', async () => {
  await sql`delete from graphile_worker._private_jobs`
  await enqueue(sql, 'sync.member', { runId: 'not a number', userId: 'x' }, { key: 'broken', attempts: 1 })
  await world.work()
  const { dead } = await readStatus(sql)
  expect(dead).toMatchObject([
    { kind: 'sync.member', key: 'broken', attempts: 1, error: expect.stringContaining('bigint') },
  ])
  expect(await retryDead(sql)).toBe(1)
  expect((await readStatus(sql)).dead).toEqual([])
})
