import { Hono } from 'hono'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import type { Deps } from '../context.ts'
import { connect, openOwnerPool } from '../db/client.ts'
import { createLog } from '../log.ts'
import { createDatabase } from '../testing/database.ts'
import type { Env } from './mount.ts'
import { createSessions, sessionRoutes, type Sessions } from './session.ts'

const database = await createDatabase()
const { close, ...pools } = connect(database.target)
const owner = openOwnerPool(database.target, 1)
const log = createLog('silent')
const deps = { ...pools, log, config: { publicUrl: 'https://pangbai.example.com' } } as Deps
const nodes = await Promise.all([createSessions(deps), createSessions(deps)])
const [app, otherApp] = nodes.map(appOn) as [Hono<Env>, Hono<Env>]

afterAll(async () => {
  vi.useRealTimers()
  await Promise.all(nodes.map((node) => node.close()))
  await owner.end()
  await close()
  await database.drop()
})

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  await owner`truncate sessions, members, departments`
  await deps.sql`insert into departments (id, name, synced_at) values (12, '湖滨店', now())`
  await deps.sql`insert into members (user_id, name, main_department_id, synced_at) values ('rep-a', '林', 12, now())`
})

function appOn(sessions: Sessions) {
  const hono = new Hono<Env>()
  hono.get('/sign-in', async (c) => {
    await sessions.begin('rep-a', c)
    return c.text('in')
  })
  hono.use('/api/*', async (c, next) => {
    c.set('actor', await sessions.identify(c))
    await next()
  })
  hono.onError((err, c) => c.text(err.message, 'code' in err && err.code === 'unauthenticated' ? 401 : 500))
  sessionRoutes(hono, deps, sessions)
  return hono
}

async function signIn() {
  const set = (await app.request('/sign-in')).headers.get('set-cookie') ?? ''
  const cookie = set.split(';')[0] ?? ''
  const me = (on = app) => on.request('/api/me', { headers: { cookie } })
  const signOut = () => app.request('/api/sign-out', { method: 'POST', headers: { cookie } })
  return { set, cookie, me, signOut }
}

/** Lets the three seconds pass in which a process trusts what it has read. */
const letTrustEnd = () => vi.advanceTimersByTime(3_001)

test('the cookie is bound to this host and https, and out of reach of scripts and other sites', async () => {
  const { set } = await signIn()
  expect(set).toMatch(/^__Host-pangbai=[\w-]{43}; Max-Age=86400; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
})

test('a session says who and which store', async () => {
  const { me } = await signIn()
  expect(await (await me()).json()).toEqual({ roles: [], userId: 'rep-a', name: '林', storeName: '湖滨店' })
})

test('a dump of the database holds no usable session', async () => {
  const { cookie, me } = await signIn()
  const id = cookie.split('=')[1] ?? ''
  const rows = await deps.sql<{ id_hash: Buffer }[]>`select * from sessions`
  expect(JSON.stringify(rows)).not.toContain(id)
  const stolen = rows[0]?.id_hash as Buffer
  for (const value of [stolen.toString('hex'), stolen.toString('base64url'), stolen.toString('base64')]) {
    const answer = await app.request('/api/me', { headers: { cookie: `__Host-pangbai=${value}` } })
    expect(answer.status).toBe(401)
  }
  expect((await me()).status).toBe(200)
})

test('after sign-out the same cookie opens nothing, in any process and at once', async () => {
  const { me, signOut } = await signIn()
  expect([(await me()).status, (await me(otherApp)).status]).toEqual([200, 200])
  const goodbye = await signOut()
  expect(goodbye.headers.get('set-cookie')).toMatch(/^__Host-pangbai=; Max-Age=0/)
  expect((await me()).status).toBe(401)
  await vi.waitFor(async () => expect((await me(otherApp)).status).toBe(401), { timeout: 1_000, interval: 20 })
})

test('signing out one session leaves the others of the same member', async () => {
  const [phone, desktop] = [await signIn(), await signIn()]
  await phone.signOut()
  expect((await desktop.me()).status).toBe(200)
})

test('a session idle for eight hours is over', async () => {
  const { me } = await signIn()
  await deps.sql`update sessions set last_seen_at = now() - interval '7 hours 59 minutes'`
  expect((await me()).status).toBe(200)
  letTrustEnd()
  await deps.sql`update sessions set last_seen_at = now() - interval '8 hours 1 second'`
  expect((await me()).status).toBe(401)
})

test('a session is over after a day, however busy', async () => {
  const { me } = await signIn()
  const [row] = await deps.sql<{ hours: number }[]>`
    select extract(epoch from expires_at - created_at)::int / 3600 as hours from sessions`
  expect(row?.hours).toBe(24)
  await deps.sql`update sessions set expires_at = now() - interval '1 second'`
  expect((await me()).status).toBe(401)
})

test('a member who has left is out within three seconds', async () => {
  const { me } = await signIn()
  expect((await me()).status).toBe(200)
  await deps.sql`update members set status = 5`
  letTrustEnd()
  expect((await me()).status).toBe(401)
})

test('use is noted at most once a minute, behind the answer', async () => {
  const { me } = await signIn()
  const seen = async () => {
    const [row] = await deps.sql<{ seconds: number }[]>`
      select extract(epoch from clock_timestamp() - last_seen_at)::int as seconds from sessions`
    return row?.seconds ?? -1
  }
  await deps.sql`update sessions set last_seen_at = now() - interval '50 seconds'`
  await me()
  expect(await seen()).toBeGreaterThanOrEqual(50)
  letTrustEnd()
  await deps.sql`update sessions set last_seen_at = now() - interval '70 seconds'`
  await me()
  await vi.waitFor(async () => expect(await seen()).toBeLessThan(5))
})

test('no cookie, rubbish or a made-up id is nobody', async () => {
  for (const cookie of [
    '',
    '__Host-pangbai=',
    '__Host-pangbai=x',
    `__Host-pangbai=${'A'.repeat(43)}`,
    `pangbai=${'A'.repeat(43)}`,
  ]) {
    expect((await app.request('/api/me', { headers: { cookie } })).status).toBe(401)
  }
})
