import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { afterAll, expect, test } from 'vitest'
import type { PageSignature } from '#shared/jssdk.ts'
import { buildShop } from '../../simulator/shop/shop.ts'
import { startSimulator } from '../../simulator/start.ts'
import { loadConfig } from '../config.ts'
import type { Deps } from '../context.ts'
import { connect } from '../db/client.ts'
import { createLog } from '../log.ts'
import { createDatabase } from '../testing/database.ts'
import { WXWORK } from '../testing/sign-in.ts'
import { createWecom } from '../wecom/client.ts'
import { createApp } from './app.ts'
import { loadPages } from './pages.ts'
import { createSessions } from './session.ts'
import { wecomEnv } from '#server/testing/wecom-env.ts'

/* A member opens the sidebar in the client: the whole way, over real connections, through the pretend WeCom's front door. */
const folder = mkdtempSync(join(tmpdir(), 'pangbai-web-'))
mkdirSync(join(folder, 'assets'))
writeFileSync(join(folder, 'sidebar.html'), '<!doctype html><html><head><!--boot--></head><body></body></html>')

writeFileSync(join(folder, 'desk.html'), '<!doctype html><html><head><!--boot--></head><body></body></html>')

const database = await createDatabase()
const { close, ...pools } = connect(database.target)
const shop = buildShop(new Date())
const [member, outsider] = shop.members.filter((candidate) => candidate.status === 1 && candidate.visible)
if (outsider) outsider.visible = false
const sim = await startSimulator({ port: 0, shop })
const config = loadConfig({
  SESSION_SECRET: 'a-session-secret-of-at-least-thirty-two-characters',
  PUBLIC_URL: sim.origin,
  ...wecomEnv(sim.settings),
})
const log = createLog('silent')
const now = () => new Date()
const deps: Deps = {
  config,
  ...pools,
  wecom: createWecom({ config, sql: pools.sql, now, log }),
  model: undefined,
  now,
  log,
}
const sessions = await createSessions(deps)
const app = createApp(deps, sessions, await loadPages(folder))
const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
  const listening = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(listening))
})
sim.setUpstream(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)

afterAll(async () => {
  await new Promise((done) => server.close(done))
  await sim.close()
  await sessions.close()
  await close()
  await database.drop()
  rmSync(folder, { recursive: true })
})

/** A browser: follows redirects one by one and keeps cookies. */
function browserOf(userid: string) {
  const jar = new Map([['wwsim_member', userid]])
  const visited: string[] = []
  async function open(address: string): Promise<Response> {
    visited.push(new URL(address).pathname)
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const res = await fetch(address, { redirect: 'manual', headers: { cookie, 'user-agent': WXWORK } })
    for (const line of res.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/max-age=0/i.test(line)) jar.delete(name)
      else jar.set(name, value)
    }
    const to = res.headers.get('location')
    return to === null || visited.length > 9 ? res : await open(new URL(to, address).href)
  }
  return { open, visited, jar }
}

const page = `${sim.origin}/sidebar?entry=single_chat_tools&kw=%E5%BC%A0`

test('opening the sidebar signs the member in without a question, and comes back to the same address', async () => {
  const browser = browserOf(member?.userid ?? '')
  const res = await browser.open(page)
  expect(res.status).toBe(200)
  expect(browser.visited).toEqual([
    '/sidebar',
    '/auth/login',
    '/__sim/connect/oauth2/authorize',
    '/auth/callback',
    '/sidebar',
  ])
  const boot = JSON.parse(/id="boot">(.*?)<\/script>/.exec(await res.text())?.[1] ?? 'null') as {
    me: object
    signature: PageSignature
  }
  expect(boot.me).toMatchObject({ userId: member?.userid, name: member?.name, storeName: expect.any(String) })

  const { agent, url, corpId, agentId } = boot.signature
  expect(url).toBe(page)
  const verified = await fetch(`${sim.origin}/__sim/api/verify`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'agentConfig', ...agent, url, corpid: corpId, agentid: agentId }),
  })
  expect(await verified.json()).toEqual({ ok: true })
})

test('the second opening needs no sign-in and no call of WeCom', async () => {
  const browser = browserOf(member?.userid ?? '')
  await browser.open(page)
  browser.visited.length = 0
  sim.calls.length = 0
  await browser.open(page)
  expect([browser.visited, sim.calls]).toEqual([['/sidebar'], []])
})

test('a member outside the visible range is told so', async () => {
  const res = await browserOf(outsider?.userid ?? '').open(page)
  expect(res.status).toBe(403)
  expect(await res.text()).toContain('不在应用的可见范围内')
})
