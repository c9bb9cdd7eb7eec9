import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type Simulator, startSimulator } from './start.ts'
import { tinyShop } from './testing/tiny-shop.ts'

const seen: IncomingMessage['headers'][] = []
const upstream = createServer((req, res) => {
  seen.push(req.headers)
  if (req.url === '/away') return void res.writeHead(302, { location: 'https://elsewhere.test/x' }).end()
  res.setHeader('set-cookie', ['session=abc; Path=/; HttpOnly'])
  res.setHeader('content-type', req.url === '/data' ? 'application/json' : 'text/html; charset=utf-8')
  res.end(req.url === '/data' ? '{"html":"<head>"}' : '<!doctype html><html><head><title>页</title></head></html>')
})
await new Promise<void>((resolve) => upstream.listen(0, resolve))
const address = upstream.address()
const app = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
const folder = mkdtempSync(join(tmpdir(), 'pangbai-sim-'))
const stateFile = join(folder, 'state.json')
const running: Simulator[] = []

async function start(): Promise<Simulator> {
  const simulator = await startSimulator({ port: 0, shop: tinyShop(), upstream: app, stateFile })
  running.push(simulator)
  return simulator
}
afterAll(async () => {
  for (const simulator of running) await simulator.close()
  upstream.close()
  rmSync(folder, { recursive: true, force: true })
})

test('pages get the bridge first in their head; everything else passes untouched', async () => {
  const { origin } = await start()
  const page = await (await fetch(`${origin}/sidebar`, { headers: { accept: 'text/html' } })).text()
  expect(page).toContain('<head><script src="/__sim/bootstrap.js"></script><title>页')
  expect(await (await fetch(`${origin}/data`)).text()).toBe('{"html":"<head>"}')
  const away = await fetch(`${origin}/away`, { redirect: 'manual' })
  expect(away.headers.get('location')).toBe('https://elsewhere.test/x')
})

test('each member has cookies of their own, under the names the app gave them', async () => {
  const { origin } = await start()
  const answer = await fetch(`${origin}/sidebar`, { headers: { cookie: 'wwsim_member=rep-a' } })
  expect(answer.headers.getSetCookie()).toEqual(['m.rep-a.session=abc; Path=/; HttpOnly'])
  const cookie = 'm.rep-a.session=a; m.rep-b.session=b'
  await fetch(`${origin}/data`, { headers: { cookie: `wwsim_member=rep-b; ${cookie}` } })
  expect(seen.at(-1)?.cookie).toBe('session=b')
  await fetch(`${origin}/data`, { headers: { cookie } })
  expect(seen.at(-1)?.cookie).toBeUndefined()
})

test('a client names itself in the request; a plain browser does not', async () => {
  const { origin } = await start()
  await fetch(`${origin}/data`, { headers: { cookie: 'wwsim_member=rep-a; wwsim_device=windows' } })
  expect(seen.at(-1)?.['user-agent']).toContain('wxwork/')
  await fetch(`${origin}/data`, { headers: { cookie: 'wwsim_member=rep-a; wwsim_device=plain' } })
  expect(seen.at(-1)?.['user-agent']).not.toContain('wxwork/')
})

test('the client page, its scripts and the control page are served, and no other file', async () => {
  const { origin } = await start()
  for (const path of ['/__sim/', '/__sim/control', '/__sim/bootstrap.js', '/__sim/client.js']) {
    expect([path, (await fetch(origin + path)).status]).toEqual([path, 200])
  }
  for (const path of ['/__sim/..%2fstart.ts', '/__sim/start.ts', '/__sim/none.js']) {
    expect([path, (await fetch(origin + path)).status]).toEqual([path, 404])
  }
})

test('a cut connection gives the caller no answer at all', async () => {
  const { settings, faults } = await start()
  faults.add({ reset: true, times: 1 })
  await expect(fetch(`${settings.apiBase}/cgi-bin/gettoken`)).rejects.toThrow()
  expect((await fetch(`${settings.apiBase}/cgi-bin/gettoken`)).status).toBe(200)
})

test('a token and a ticket handed out before a restart are good after it', async () => {
  const first = await start()
  const get = async (sim: Simulator, path: string) =>
    (await (await fetch(`${sim.settings.apiBase}/cgi-bin/${path}`)).json()) as Record<string, string>
  const { corpId, secret } = first.settings
  const { access_token } = await get(first, `gettoken?corpid=${corpId}&corpsecret=${secret}`)
  const { ticket } = await get(first, `get_jsapi_ticket?access_token=${access_token}`)
  await first.close()
  running.splice(running.indexOf(first), 1)
  const second = await start()
  expect(await get(second, `get_jsapi_ticket?access_token=${access_token}`)).toMatchObject({ ticket })
})

test('what was changed is still there after a restart; a reset brings the shop back', async () => {
  const first = await start()
  first.acts.editCustomer({ userid: 'rep-a', externalUserid: 'wmA', remark: '改过' })
  await first.close()
  running.splice(running.indexOf(first), 1)
  const second = await start()
  const remark = () => second.world.shop.customers.find((c) => c.externalUserid === 'wmA')?.follows[0]?.remark
  expect(remark()).toBe('改过')
  second.reset()
  expect(remark()).toBe('老客')
})
