import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { startSimulator } from '../../../simulator/start.ts'
import { openPool } from '#server/db/client.ts'
import { createDatabase } from '#server/testing/database.ts'
import { makeShop, shopCustomer, shopFollow } from '#server/testing/shop.ts'
import { wecomEnv } from '#server/testing/wecom-env.ts'

const CHILD = fileURLToPath(new URL('../../testing/worker-process.ts', import.meta.url))
const KILLS = 3
const TASKS = 18

const customers = Array.from({ length: TASKS }, (_, i) => shopCustomer(`wm${i}`, [shopFollow('rep-a')]))
const database = await createDatabase()
const sql = openPool(database.target, 2)
const pretend = await startSimulator({ port: 0, shop: { ...makeShop(), customers } })
const settings = {
  PUBLIC_URL: pretend.origin,
  SESSION_SECRET: 'a-session-secret-of-at-least-thirty-two-characters',
  QUIET_HOURS: 'none',
  ...wecomEnv(pretend.settings),
}
const children: ChildProcess[] = []
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await pretend.close()
  await sql.end()
  await database.drop()
})

async function startWorker(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [CHILD, JSON.stringify({ database: database.target, settings })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  await once(child.stdout!, 'data')
  return child
}
const cards = () => pretend.world.outbox.filter((message) => message.msgtype === 'textcard')

test('two workers, one of them killed again and again, remind of every task once', { timeout: 120_000 }, async () => {
  await startWorker()
  await sql`insert into customers (id, name, type) select 'wm' || i, '客户' || i, 1 from generate_series(0, ${TASKS - 1}) i on conflict do nothing`
  await sql`insert into follows (customer_id, user_id, added_at, synced_at) select 'wm' || i, 'rep-a', now(), now() from generate_series(0, ${TASKS - 1}) i
    on conflict do nothing`
  await sql`insert into tasks (id, customer_id, user_id, title, due_at, remind_at, created_at)
    select gen_random_uuid(), 'wm' || i, 'rep-a', '回访' || i, now() - interval '1 minute', now() - interval '1 minute', now()
    from generate_series(0, ${TASKS - 1}) i`
  pretend.faults.add({ path: '/cgi-bin/message/send', latencyMs: 120 })
  for (let kill = 0; kill < KILLS; kill++) {
    const victim = await startWorker()
    await sql`select graphile_worker.add_job('tasks.remind', '{}')`
    await sql`select graphile_worker.add_job('tasks.remind', '{}')`
    await pause(30 + Math.random() * 250)
    victim.kill('SIGKILL')
    await once(victim, 'exit')
  }
  pretend.faults.clear()
  await expect
    .poll(
      async () => [
        ...(await sql`select state, count(*)::int as n from outbox where write ->> 'kind' = 'message' group by 1`),
      ],
      {
        timeout: 90_000,
        interval: 500,
      },
    )
    .toEqual([{ state: 'done', n: TASKS }])
  const titles = cards().map((card) => (card.body['textcard'] as { title: string }).title)
  expect([titles.length, new Set(titles).size]).toEqual([TASKS, TASKS])
})
