import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { signPage } from '../crypto.ts'
import { openSimulator } from '../testing/api.ts'
import { tinyShop } from '../testing/tiny-shop.ts'

const folder = mkdtempSync(join(tmpdir(), 'pretend-wecom-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A simulator and its control API. */
function open(more: Parameters<typeof openSimulator>[1] = {}) {
  const opened = openSimulator(tinyShop(), more)
  const control = async (path: string, body?: unknown) => {
    const answer = await opened.sim.app.request(
      `/__sim/api${path}`,
      body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) },
    )
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
  return { ...opened, control }
}

describe('the client checks a page’s signature', () => {
  const url = 'http://app.test/sidebar'
  async function signed(kind: 'config' | 'agentConfig') {
    const opened = open()
    const path = kind === 'config' ? 'get_jsapi_ticket' : 'ticket/get?type=agent_config'
    const { ticket } = (await opened.call(path)) as { ticket: string }
    const claim = { kind, nonceStr: 'n', timestamp: 1, url, signature: signPage(ticket, 'n', 1, url) }
    return { ...opened, claim, ask: (more: object = {}) => opened.control('/verify', { ...claim, ...more }) }
  }

  test.each(['config', 'agentConfig'] as const)(
    '%s: good while its ticket lives, and no second longer',
    async (kind) => {
      const { ask, advance } = await signed(kind)
      expect((await ask()).body).toEqual({ ok: true })
      advance(7_200)
      expect((await ask()).body).toMatchObject({ ok: false })
    },
  )

  test('the other kind’s ticket, another address and another corp are told apart', async () => {
    const { ask } = await signed('config')
    expect((await ask({ kind: 'agentConfig' })).body['why']).toContain('e=42012')
    expect((await ask({ url: `${url}?x=1` })).body['why']).toContain('e=40093')
    expect((await ask({ corpid: 'wwother' })).body['why']).toContain('e=40013')
  })
})

test('an address just trusted counts after a minute', async () => {
  const { control, call, advance, token } = open()
  const mine = await token()
  await control('/ip', { trusted: false })
  expect((await call('get_jsapi_ticket', undefined, mine)).errcode).toBe(60020)
  await control('/ip', { trusted: true })
  expect((await call('get_jsapi_ticket', undefined, mine)).errcode).toBe(60020)
  advance(60)
  expect((await call('get_jsapi_ticket', undefined, mine)).errcode).toBe(0)
})

test('a fault for an API that does not exist, or of a shape nobody knows, is refused in words', async () => {
  const { control } = open()
  expect(await control('/faults', { path: '/cgi-bin/nope', errcode: 45009 })).toMatchObject({ status: 400 })
  expect(await control('/faults', { path: '*', status: 200 })).toMatchObject({ status: 400 })
  expect((await control('/faults')).body['faults']).toEqual([])
})

test('how it behaves can be set, and clearing the faults puts it back', async () => {
  const { control, call, token, sim } = open()
  const mine = await token()
  await control('/conduct', { busyRate: 1 })
  expect((await call('get_jsapi_ticket', undefined, mine)).errcode).toBe(-1)
  await sim.app.request('/__sim/api/faults', { method: 'DELETE' })
  expect((await call('get_jsapi_ticket', undefined, mine)).errcode).toBe(0)
})

test('a receiver is taken only when its address answers the check', async () => {
  const receiver = { url: 'http://app.test/wecom/callback', token: 'Tok', aesKey: 'a'.repeat(43) }
  const { control } = open({ callbackFetch: async () => new Response('no', { status: 404 }) })
  expect(await control('/callbacks/receiver', receiver)).toMatchObject({
    status: 400,
    body: { error: 'openapi 回调地址请求不通过' },
  })
})

test('an upload is given back whole or in part, and not after three days', async () => {
  const { sim, token, advance } = open()
  const bytes = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47]), Buffer.alloc(60, 7)])
  const form = new FormData()
  form.append('media', new File([bytes], '图.png'))
  const ask = async (path: string, init?: RequestInit) =>
    await sim.app.request(`/cgi-bin/media/${path}&access_token=${await token()}`, init)
  const { media_id: id } = (await (await ask('upload?type=image', { method: 'POST', body: form })).json()) as {
    media_id: string
  }
  const whole = await ask(`get?media_id=${id}`)
  expect([whole.headers.get('content-type'), Buffer.from(await whole.arrayBuffer())]).toEqual(['image/png', bytes])
  const part = await ask(`get?media_id=${id}`, { headers: { range: 'bytes=4-9' } })
  expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 4-9/64'])
  expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(4, 10))
  expect((await ask(`get?media_id=${id}`, { headers: { range: 'bytes=64-' } })).status).toBe(416)
  advance(3 * 86_400)
  expect(await (await ask(`get?media_id=${id}`)).json()).toMatchObject({ errcode: 40007 })
})

test('a state file that cannot be read is set aside, and the shop starts as new', () => {
  const stateFile = join(folder, 'state.json')
  writeFileSync(stateFile, '{"half')
  const { sim } = open({ stateFile })
  expect(sim.world.shop.customers.length).toBeGreaterThan(0)
  expect([existsSync(stateFile), readFileSync(`${stateFile}.unreadable`, 'utf8')]).toEqual([false, '{"half'])
})

test('messages sent by the app are in the outbox, member by member', async () => {
  const { sim, call, control } = open()
  const to = sim.world.shop.members[0]!.userid
  const text = { msgtype: 'text', agentid: sim.world.agentId, text: { content: '到时间了' } }
  expect((await call('message/send', { touser: to, ...text })).errcode).toBe(0)
  expect((await control(`/outbox?userid=${to}`)).body).toHaveLength(1)
  expect((await control('/outbox?userid=nobody')).body).toHaveLength(0)
})
