import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { openPool } from '#server/db/client.ts'
import { beginSession } from '#server/features/sessions/service.ts'
import { createDatabase } from '#server/testing/database.ts'
import { makeShop, shopCustomer, shopFollow } from '#server/testing/shop.ts'
import { drizzle } from 'drizzle-orm/postgres-js'
import { startSimulator } from '../../simulator/start.ts'
import { startCluster } from './cluster.ts'
import { databaseUrl } from './database-url.ts'
import { firstSynced, settingsFor } from './shop.ts'

/* Three web and two worker processes on one database, behind a proxy that hands out requests in turn. */
const CUSTOMERS = 200
/** Requests a second while nodes come and go. */
const RATE = 200

const database = await createDatabase()
const sql = openPool(database.target, 2)
const customers = Array.from({ length: CUSTOMERS }, (_, i) =>
  shopCustomer(`wm${i}`, [shopFollow(['rep-a', 'rep-b', 'rep-c'][i % 3]!, { remark: `备注${i}` })]),
)
const pretend = await startSimulator({ port: 0, shop: { ...makeShop(), customers } })
const cluster = await startCluster(settingsFor(pretend, databaseUrl(database.target)), { web: 3, worker: 2 })
pretend.setUpstream(cluster.proxy.url)
const { callbackToken: token, callbackAesKey: aesKey } = pretend.settings
const acts = pretend.acts
await firstSynced(sql)
const db = drizzle(sql)
const cookie = `pangbai=${await beginSession({ db }, 'rep-a')}`

afterAll(async () => {
  await cluster.close()
  await pretend.close()
  await sql.end()
  await database.drop()
})

const open = (id: string, path = 'card') =>
  fetch(`${cluster.proxy.url}/api/customers/${id}/${path}`, { headers: { cookie } })

/** Sends `work` at a fixed rate until told to stop; answers what was not 2xx. */
function steadily(rate: number, work: (n: number) => Promise<number>) {
  let stopped = false
  const failures: string[] = []
  const under: Promise<void>[] = []
  const began = performance.now()
  const sending = (async () => {
    for (let n = 0; !stopped; n++) {
      const early = began + (n * 1000) / rate - performance.now()
      if (early > 0) await pause(early)
      under.push(
        work(n).then(
          (status) => void (status >= 300 && failures.push(String(status))),
          (error: unknown) => void failures.push(String(error)),
        ),
      )
    }
  })()
  return {
    stop: async () => {
      stopped = true
      await sending
      await Promise.all(under)
      return { sent: under.length, failures }
    },
  }
}

describe('several nodes', () => {
  test('all web nodes serve', async () => {
    for (let i = 0; i < 9; i++) expect((await open('wm0')).status).toBe(200)
    expect(cluster.proxy.served.size).toBe(3)
  })

  test('a sign-out at one node is one at all of them', async () => {
    const mine = `pangbai=${await beginSession({ db }, 'rep-b')}`
    const me = () => fetch(`${cluster.proxy.url}/api/me`, { headers: { cookie: mine } })
    for (let i = 0; i < 6; i++) expect((await me()).status).toBe(200)
    const out = await fetch(`${cluster.proxy.url}/api/sign-out`, {
      method: 'POST',
      headers: { cookie: mine, origin: pretend.origin, 'content-type': 'application/json' },
      body: '{}',
    })
    expect(out.status).toBe(200)
    await pause(200)
    for (let i = 0; i < 6; i++) expect((await me()).status).toBe(401)
  })

  test('the same event at three nodes is stored once', async () => {
    pretend.setCallback({ url: `${cluster.proxy.url}/wecom/callback`, token, aesKey })
    pretend.callbacks.mode.duplicate = 1
    acts.editCustomer({ userid: 'rep-a', externalUserid: 'wm3', remark: '三个节点' })
    await pretend.callbacks.settled()
    pretend.callbacks.mode.duplicate = 0
    const stored = await sql`select count(*)::int as n from inbox where subject like '%wm3'`
    expect(stored[0]).toEqual({ n: 1 })
    await expect
      .poll(async () => (await sql`select remark from follows where customer_id = 'wm3'`)[0], { timeout: 10_000 })
      .toEqual({ remark: '三个节点' })
  })

  test(`a rolling restart at ${RATE} requests a second fails none of them`, { timeout: 120_000 }, async () => {
    const load = steadily(RATE, async (n) => (await open(`wm${(n % 66) * 3}`, 'version')).status)
    await pause(500)
    for (const node of cluster.nodes.slice()) await cluster.replace(node, 'SIGTERM')
    await pause(500)
    const { sent, failures } = await load.stop()
    expect([failures.slice(0, 5), sent > RATE]).toEqual([[], true])
  })

  test('a web node and a worker killed without a word lose nothing', { timeout: 120_000 }, async () => {
    for (let i = 0; i < 60; i++) {
      acts.editCustomer({ userid: 'rep-a', externalUserid: `wm${(i % 20) * 3}`, remark: `改${i}` })
      if (i === 20)
        void cluster.replace(
          cluster.nodes.find(({ role }) => role === 'worker')!,
          'SIGKILL',
        )
      if (i === 40)
        void cluster.replace(
          cluster.nodes.find(({ role }) => role === 'web')!,
          'SIGKILL',
        )
      await pause(20)
    }
    await pretend.callbacks.settled()
    const inWecom = pretend.world.shop.customers
      .filter(({ follows }) => follows[0]!.userid === 'rep-a')
      .map(({ externalUserid, follows }) => ({ id: externalUserid, remark: follows[0]!.remark }))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
    await expect
      .poll(
        async () => [
          ...(await sql`select customer_id as id, remark from follows where user_id = 'rep-a' order by customer_id collate "C"`),
        ],
        {
          timeout: 60_000,
          interval: 500,
        },
      )
      .toEqual(inWecom)
    await expect.poll(() => cluster.nodes.length, { timeout: 60_000 }).toBe(5)
  })

  test('told to end, a node answers what it has begun and ends within five seconds', { timeout: 60_000 }, async () => {
    pretend.faults.add({ path: '/cgi-bin/externalcontact/get', latencyMs: 1_500 })
    const node = cluster.nodes.find(({ role }) => role === 'web')!
    const slow = fetch(`http://127.0.0.1:${node.port}/api/customers/wm6/refresh`, {
      method: 'POST',
      headers: { cookie, origin: pretend.origin, 'content-type': 'application/json' },
      body: '{}',
    })
    await pause(400)
    const began = performance.now()
    const replaced = cluster.replace(node, 'SIGTERM')
    expect((await slow).status).toBe(200)
    await new Promise((ended) => (node.child.exitCode === null ? node.child.once('exit', ended) : ended(null)))
    expect(performance.now() - began).toBeLessThan(5_000)
    pretend.faults.clear()
    await replaced
  })
})
