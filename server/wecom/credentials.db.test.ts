import { setTimeout as pause } from 'node:timers/promises'
import { inspect } from 'node:util'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { loadConfig } from '../config.ts'
import { openPool } from '../db/client.ts'
import { createLog } from '../log.ts'
import { createDatabase } from '../testing/database.ts'
import { scriptedWecom } from '../testing/scripted-wecom.ts'
import { createWecom } from './client.ts'
import { API } from './apis.ts'

const database = await createDatabase()
const here = openPool(database.target, 4)
const there = openPool(database.target, 4)
const config = loadConfig({
  SESSION_SECRET: 'a-session-secret-of-at-least-thirty-two-characters',
  PUBLIC_URL: 'https://pangbai.example.com',
  WECOM_CORP_ID: 'wwtest0000000000001',
  WECOM_AGENT_ID: '1000002',
  WECOM_SECRET: 'CanarySecret-of-the-app',
  WECOM_CALLBACK_TOKEN: 'token',
  WECOM_CALLBACK_AES_KEY: 'a'.repeat(43),
})

let lines = ''
const log = createLog('trace', { write: (line) => (lines += line) })

beforeEach(async () => {
  lines = ''
  await here`delete from wecom_credentials`
})
afterEach(() => vi.useRealTimers())
afterAll(async () => {
  await Promise.all([here.end(), there.end()])
  await database.drop()
})

const EXPIRES = 7200

/** Hands out CanaryToken-1, -2 …; only the newest is accepted. Every answer takes a moment, as it does in life. */
function issuer(lifetime = EXPIRES) {
  let issued = 0
  const state = { withdrawn: 0 }
  const wecom = scriptedWecom(async ({ path, query }) => {
    await pause(20)
    if (path === API.token.path) return { access_token: `CanaryToken-${++issued}`, expires_in: lifetime }
    const number = Number(query['access_token']?.split('-')[1])
    if (number !== issued || number <= state.withdrawn)
      return { errcode: 40014, errmsg: `invalid ${query['access_token']}` }
    if (path.includes('ticket')) return { ticket: `CanaryTicket-${path.length}`, expires_in: EXPIRES }
    return { userid: 'rep-a', name: '林', status: 1 }
  })
  const withdrawAll = () => (state.withdrawn = issued)
  const nodes = [here, there].map((sql) => createWecom({ config, sql, log, now: () => new Date(), http: wecom.http }))
  return { ...wecom, withdrawAll, node: nodes[0] as (typeof nodes)[0], other: nodes[1] as (typeof nodes)[0] }
}

const fifty = Array.from({ length: 50 }, (_, i) => i)

test('a hundred callers in two processes ask for one token', async () => {
  const { node, other, count } = issuer()
  await Promise.all(fifty.flatMap(() => [node.readMember('rep-a'), other.readMember('rep-a')]))
  expect(count(API.token.path)).toBe(1)
})

test('two thousand callers of four processes on an expired token make exactly one gettoken', async () => {
  const { node, other, http, count, withdrawAll } = issuer()
  const more = [here, there].map((sql) => createWecom({ config, sql, log, now: () => new Date(), http }))
  await node.readMember('rep-a')
  withdrawAll()
  const before = count(API.token.path)
  const all = [node, other, ...more]
  await Promise.all(Array.from({ length: 2_000 }, (_, i) => all[i % 4]!.readMember('rep-a')))
  expect(count(API.token.path) - before).toBe(1)
})

test('a withdrawn token is replaced once for everyone whose call it failed', async () => {
  const { node, other, count, withdrawAll } = issuer()
  await Promise.all([node.readMember('rep-a'), other.readMember('rep-a')])
  withdrawAll()
  await Promise.all(fifty.flatMap(() => [node.readMember('rep-a'), other.readMember('rep-a')]))
  expect(count(API.token.path)).toBe(2)
})

test('three connections of its own suffice, whoever waits for WeCom inside a transaction', async () => {
  const own = openPool(database.target, 3)
  const { http, withdrawAll, count } = issuer()
  const node = createWecom({ config, sql: own, log, now: () => new Date(), http })
  const inTransactions = () =>
    Promise.all(
      fifty.map(() => here.begin(async () => await Promise.all([node.readMember('rep-a'), node.ticket('corp')]))),
    )
  await inTransactions()
  withdrawAll()
  await here`delete from wecom_credentials where kind <> 'access_token'`
  const stranger = createWecom({ config, sql: own, log, now: () => new Date(), http })
  await Promise.all([inTransactions(), stranger.ticket('corp'), stranger.ticket('agent'), stranger.readMember('rep-a')])
  expect(count(API.token.path)).toBe(2)
  await own.end()
})

test('a process that comes later uses what another has stored', async () => {
  const { node, other, count } = issuer()
  await node.ticket('agent')
  await other.ticket('agent')
  await other.readMember('rep-a')
  expect([count(API.token.path), count(API.agentTicket.path)]).toEqual([1, 1])
})

test('a thousand signatures on two processes cost one fetch of each ticket', async () => {
  const { node, other, count } = issuer()
  await Promise.all(fifty.flatMap(() => [node, other].flatMap((n) => [n.ticket('corp'), n.ticket('agent')])))
  await Promise.all(Array.from({ length: 800 }, () => node.ticket('agent')))
  expect([count(API.corpTicket.path), count(API.agentTicket.path), count(API.token.path)]).toEqual([1, 1, 1])
})

test('a credential is renewed before it expires, by the database clock', async () => {
  const { node, other, count } = issuer()
  await node.readMember('rep-a')
  const [row] = await here<{ left: number }[]>`
    select extract(epoch from expires_at - clock_timestamp())::int as left from wecom_credentials`
  expect(row?.left).toBeGreaterThan(EXPIRES - 310)
  expect(row?.left).toBeLessThanOrEqual(EXPIRES - 300)
  await here`update wecom_credentials set expires_at = clock_timestamp() - interval '1 second'`
  await other.readMember('rep-a')
  expect(count(API.token.path)).toBe(2)
})

test('a token that WeCom hands out near its end is still used, not asked for on every call', async () => {
  const { node, count } = issuer(60)
  await node.readMember('rep-a')
  await node.readMember('rep-a')
  expect(count(API.token.path)).toBe(1)
})

test('a machine whose clock is ten minutes off renews nothing early', async () => {
  const { node, other, count } = issuer()
  await node.readMember('rep-a')
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 6_600_000 })
  await other.readMember('rep-a')
  await node.readMember('rep-a')
  expect(count(API.token.path)).toBe(1)
})

test('the database keeps them sealed: a dump holds no token and no ticket', async () => {
  const { node } = issuer()
  await node.ticket('agent')
  const rows = await here`select * from wecom_credentials`
  expect(rows).toHaveLength(2)
  expect(JSON.stringify(rows)).not.toContain('Canary')
})

test('what another app or another session secret has sealed is fetched anew', async () => {
  const { node, http, count } = issuer()
  await node.readMember('rep-a')
  const elsewhere = { ...config, wecom: { ...config.wecom, agentId: 1000003 } }
  await createWecom({ config: elsewhere, sql: there, log, now: () => new Date(), http }).readMember('rep-a')
  expect(count(API.token.path)).toBe(2)
})

test('a failed renewal is forgotten: the next caller tries again', async () => {
  let down = true
  const wecom = scriptedWecom(({ path }) => {
    if (path !== API.token.path) return { userid: 'rep-a', name: '林' }
    return down ? { errcode: 40001, errmsg: 'invalid credential' } : { access_token: 't', expires_in: EXPIRES }
  })
  const node = createWecom({ config, sql: here, log, now: () => new Date(), http: wecom.http })
  await expect(node.readMember('rep-a')).rejects.toMatchObject({ errcode: 40001, busy: false })
  expect(wecom.count(API.token.path)).toBe(1) // a wrong secret is never tried twice: WeCom blocks the address
  down = false
  await expect(node.readMember('rep-a')).resolves.toMatchObject({ userId: 'rep-a' })
})

test.for([
  ['a refusal', { errcode: 48002, errmsg: 'CanaryMessage CanaryToken-1' }],
  ['a reset', { reset: 'ECONNRESET' }],
  ['a time-out', { reset: 'ERR_CANCELED' }],
  ['an answer of another shape', { userid: { CanaryKey: 'CanaryToken-1' } }],
] as const)('neither log nor error shows a secret, token or ticket after %s', async ([, answer]) => {
  const { http } = scriptedWecom(({ path }) => {
    if (path === API.token.path) return { access_token: 'CanaryToken-1', expires_in: EXPIRES }
    return path.includes('ticket') ? { ticket: 'CanaryTicket', expires_in: EXPIRES } : answer
  })
  const node = createWecom({ config, sql: here, log, now: () => new Date(), http })
  await node.ticket('agent')
  const failure = await node.readMember('CanaryPerson').catch((err: unknown) => err)
  log.error({ err: failure }, 'as the server would log it')
  const everything = lines + inspect(failure, { depth: 20, showHidden: true }) + (failure as Error).stack
  expect(everything).not.toMatch(/Canary/)
})
