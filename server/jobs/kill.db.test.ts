import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { startSimulator } from '../../simulator/start.ts'
import { openPool } from '#server/db/client.ts'
import { createDatabase } from '#server/testing/database.ts'
import { makeShop, shopCustomer, shopFollow } from '#server/testing/shop.ts'
import { enqueue } from './enqueue.ts'
import { wecomEnv } from '#server/testing/wecom-env.ts'

const CHILD = fileURLToPath(new URL('../testing/worker-process.ts', import.meta.url))
/** More in the long form; each is a worker killed in the middle of whatever it did. */
const KILLS = Number(process.env['KILLS'] ?? 12)
const CUSTOMERS = 900

const customers = Array.from({ length: CUSTOMERS }, (_, i) =>
  shopCustomer(`wm${i}`, [shopFollow(['rep-a', 'rep-b', 'rep-c'][i % 3]!, { remark: `备注${i}` })]),
)
const database = await createDatabase()
const sql = openPool(database.target, 2)
const pretend = await startSimulator({ port: 0, shop: { ...makeShop(), customers } })
const settings = {
  PUBLIC_URL: pretend.origin,
  SESSION_SECRET: 'a-session-secret-of-at-least-thirty-two-characters',
  ...wecomEnv(pretend.settings),
}
let child: ChildProcess | undefined
afterAll(async () => {
  child?.kill('SIGKILL')
  await pretend.close()
  await sql.end()
  await database.drop()
})

async function startWorker(): Promise<void> {
  child = spawn(process.execPath, [CHILD, JSON.stringify({ database: database.target, settings })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout!, 'data')
}
const copy = async () => [
  ...(await sql`select customer_id, user_id, remark, tag_ids from follows where ended_at is null order by 1, 2`),
]
const settled = async () => {
  const [left] = await sql`select
    (select count(*) from sync_runs where finished_at is null)::int as runs,
    (select count(*) from outbox where state = 'waiting')::int as writes,
    (select coalesce(json_agg(task_identifier || ' ' || attempts || ' ' || (run_at - now()) || ' ' || coalesce(last_error, '')), '[]')
      from graphile_worker.jobs) as jobs`
  return left
}

test(
  `a worker killed ${KILLS} times while it syncs and writes loses nothing and does nothing twice`,
  { timeout: 120_000 + KILLS * 5_000 },
  async () => {
    await startWorker()
    for (let kill = 0; kill < KILLS; kill++) {
      pretend.faults.clear()
      pretend.faults.add({ path: '/cgi-bin/externalcontact/batch/get_by_user', latencyMs: 40 })
      await enqueue(sql, 'sync.begin', { kind: 'full' }, { key: `run ${kill}` })
      const id = `wm${kill}`
      const userId = ['rep-a', 'rep-b', 'rep-c'][kill % 3]!
      // As a rep's own write does it: what WeCom must get and the job for it are one transaction.
      await sql.begin(async (tx) => {
        await tx`insert into outbox (customer_id, user_id, write, created_at)
        values (${id}, ${userId}, ${JSON.stringify({ kind: 'remark', fields: { remark: `写入${kill}` }, before: {} })}::text::jsonb, now())`
        await enqueue(tx, 'outbox.send', { customerId: id }, { key: `outbox ${id}` })
      })
      await pause(50 + Math.random() * 400)
      child!.kill('SIGKILL')
      await once(child!, 'exit')
      await startWorker()
    }
    pretend.faults.clear()
    await expect.poll(settled, { timeout: 120_000, interval: 500 }).toEqual({ runs: 0, writes: 0, jobs: [] })
    const inWecom = pretend.world.shop.customers
    const expected = inWecom
      .map((customer) => ({
        customer_id: customer.externalUserid,
        user_id: customer.follows[0]!.userid,
        remark: customer.follows[0]!.remark,
        tag_ids: [],
      }))
      .sort((a, b) => (a.customer_id < b.customer_id ? -1 : 1))
    await enqueue(sql, 'sync.begin', { kind: 'full' })
    await expect.poll(settled, { timeout: 60_000, interval: 500 }).toEqual({ runs: 0, writes: 0, jobs: [] })
    for (let kill = 0; kill < KILLS; kill++) {
      expect(inWecom[kill]!.follows[0]!.remark).toBe(`写入${kill}`)
    }
    expect((await copy()).sort((a, b) => (a['customer_id'] < b['customer_id'] ? -1 : 1))).toEqual(expected)
  },
)
