import { setTimeout as pause } from 'node:timers/promises'
import { drizzle } from 'drizzle-orm/postgres-js'
import type { CustomerCard } from '#shared/customers.ts'
import { type DatabaseTarget, openPool } from '#server/db/client.ts'
import { beginSession } from '#server/features/sessions/service.ts'
import { makeShop, shopCustomer, shopFollow } from '#server/testing/shop.ts'
import { startSimulator } from '../../simulator/start.ts'
import { startCluster } from '../nodes/cluster.ts'
import { databaseUrl } from '../nodes/database-url.ts'
import { firstSynced, settingsFor } from '../nodes/shop.ts'
import { startFaultProxy } from './fault-proxy.ts'

const CUSTOMERS = 90
const REPS = ['rep-a', 'rep-b', 'rep-c'] as const
const READS_A_SECOND = 50

/** What a spell of trouble did. */
export interface Spell {
  /** Milliseconds of each read of a card, and what was not a card. */
  reads: number[]
  notCards: string[]
  /** Remarks whose saving was answered with 200, by customer: the last one counts. */
  accepted: Map<string, string>
  /** Of them, how many were told to be waiting. */
  waiting: number
  refusals: number
  /** Events WeCom was told have arrived, by customer. */
  told: Map<string, string>
}

/** A small shop on one web and one worker process, whose way to WeCom goes through the fault proxy. */
export async function startShopUnderFault(target: DatabaseTarget) {
  const customers = Array.from({ length: CUSTOMERS }, (_, i) =>
    shopCustomer(`wm${i}`, [shopFollow(REPS[i % 3]!, { remark: `备注${i}` })]),
  )
  const pretend = await startSimulator({ port: 0, shop: { ...makeShop(), customers } })
  const way = await startFaultProxy(Number(new URL(pretend.settings.apiBase).port))
  const settings = { ...settingsFor(pretend, databaseUrl(target)), WECOM_API_BASE: way.url }
  const cluster = await startCluster(settings, { web: 1, worker: 1 })
  const sql = openPool(target, 2)
  await firstSynced(sql)
  const { callbackToken: token, callbackAesKey: aesKey } = pretend.settings
  pretend.setUpstream(cluster.proxy.url)
  pretend.setCallback({ url: `${cluster.proxy.url}/wecom/callback`, token, aesKey })
  const db = drizzle(sql)
  const cookies = new Map<string, string>()
  for (const rep of REPS) cookies.set(rep, `pangbai=${await beginSession({ db }, rep)}`)
  const repOf = (i: number) => REPS[i % 3]!
  let writes = 0

  const ask = (i: number, path: string, sent?: object) =>
    fetch(`${cluster.proxy.url}/api/customers/wm${i}/${path}`, {
      headers: { cookie: cookies.get(repOf(i))!, origin: pretend.origin, 'content-type': 'application/json' },
      ...(sent && { method: 'PUT', body: JSON.stringify(sent) }),
    })

  async function read(i: number, spell: Spell): Promise<void> {
    const began = performance.now()
    try {
      const answer = await ask(i, 'card')
      const card = (await answer.json()) as Partial<CustomerCard>
      if (answer.status === 200 && card.customer?.name && card.asOf) spell.reads.push(performance.now() - began)
      else spell.notCards.push(`${answer.status}`)
    } catch (error) {
      spell.notCards.push(String(error))
    }
  }

  /** A rep saves a remark; what was answered with 200 must reach WeCom. */
  async function write(i: number, spell: Spell): Promise<void> {
    const remark = `写${++writes}`
    try {
      const answer = await ask(i, 'follow', { remark })
      if (answer.status !== 200) return void spell.refusals++
      spell.accepted.set(`wm${i}`, remark)
      if (((await answer.json()) as { waiting: boolean }).waiting) spell.waiting++
    } catch {
      spell.refusals++ // no answer: nobody was told that it is saved
    }
  }

  /** A member edits in WeCom; the event comes to us. */
  function edit(i: number, spell: Spell): void {
    const remark = `微信里改${++writes}`
    pretend.acts.editCustomer({ userid: repOf(i), externalUserid: `wm${i}`, remark })
    spell.told.set(`wm${i}`, remark)
  }

  /** Everything at once for `ms`: cards are read, remarks saved here (customers 0–29), others changed in WeCom (30–59). */
  async function live(ms: number): Promise<Spell> {
    const spell: Spell = { reads: [], notCards: [], accepted: new Map(), waiting: 0, refusals: 0, told: new Map() }
    const under: Promise<void>[] = []
    const began = performance.now()
    for (let n = 0; performance.now() - began < ms; n++) {
      under.push(read(n % CUSTOMERS, spell))
      if (n % 10 === 0) under.push(write((n / 10) % 30, spell))
      if (n % 10 === 5) edit(30 + (((n - 5) / 10) % 30), spell)
      await pause(Math.max(0, began + ((n + 1) * 1000) / READS_A_SECOND - performance.now()))
    }
    await Promise.all(under)
    return spell
  }

  /** Milliseconds from each of `n` changes in WeCom, one after another, until our API answers with it; in ascending order. */
  async function changes(n: number): Promise<number[]> {
    const took: number[] = []
    for (let i = 0; i < n; i++) {
      const remark = `变${++writes}`
      const began = performance.now()
      pretend.acts.editCustomer({ userid: repOf(i % 30), externalUserid: `wm${i % 30}`, remark })
      while (((await (await ask(i % 30, 'card')).json()) as CustomerCard).follow.remark !== remark) await pause(10)
      took.push(performance.now() - began)
    }
    return took.sort((a, b) => a - b)
  }

  const inWecom = (id: string) => pretend.world.shop.customers.find((c) => c.externalUserid === id)?.follows[0]?.remark
  const remarksHere = async () =>
    new Map(
      (await sql<{ id: string; remark: string }[]>`select customer_id as id, remark from follows`).map((row) => [
        row.id,
        row.remark,
      ]),
    )

  /** What does not stand where it must by now: nothing once all is drained. */
  async function differences({ accepted, told }: Spell): Promise<string[]> {
    const here = await remarksHere()
    const wrong = [...accepted, ...told].filter(([id, remark]) => inWecom(id) !== remark || here.get(id) !== remark)
    const [left] = await sql<{ writes: number; events: number }[]>`select
      (select count(*) from outbox where state <> 'done' and state <> 'dropped')::int as writes,
      (select count(*) from inbox where applied_at is null)::int as events`
    return [
      ...wrong.map(([id, remark]) => `${id}: ${remark}, WeCom ${inWecom(id)}, here ${here.get(id)}`),
      ...(left!.writes > 0 ? [`${left!.writes} writes wait`] : []),
      ...(left!.events > 0 ? [`${left!.events} events wait`] : []),
    ]
  }

  /** Seconds until nothing differs; throws what still does after a minute. */
  async function drained(spell: Spell): Promise<number> {
    const began = performance.now()
    await pretend.callbacks.settled()
    for (;;) {
      const wrong = await differences(spell).catch((error: unknown) => [String(error)])
      const seconds = (performance.now() - began) / 1000
      if (wrong.length === 0) return seconds
      if (seconds > 60) throw new Error(`not drained after a minute:\n${wrong.slice(0, 8).join('\n')}`)
      await pause(250)
    }
  }

  return {
    way,
    live,
    changes,
    drained,
    cluster,
    close: async () => {
      await cluster.close()
      way.close()
      await pretend.close()
      await sql.end({ timeout: 1 })
    },
  }
}
