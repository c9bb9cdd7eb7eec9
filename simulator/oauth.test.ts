import { expect, test } from 'vitest'
import { openSimulator } from './testing/api.ts'

const AUTHORIZE = '/__sim/connect/oauth2/authorize'
const WEB_LOGIN = '/__sim/wwlogin/sso/login'
const query = (more: Record<string, string> = {}) =>
  new URLSearchParams({
    appid: 'wwsimcorp0000000001',
    redirect_uri: 'http://app.test/auth/callback',
    response_type: 'code',
    scope: 'snsapi_base',
    state: 'abc123',
    agentid: '1000002',
    ...more,
  }).toString()

async function codeFor(sim: ReturnType<typeof openSimulator>, userid: string, more = {}): Promise<string> {
  const answer = await sim.app.request(`${AUTHORIZE}?${query({ as: userid, ...more })}`)
  const back = new URL(answer.headers.get('location') ?? '')
  expect(back.searchParams.get('state')).toBe('abc123')
  return back.searchParams.get('code') ?? ''
}

test('in the client the member who holds the phone is signed in without being asked', async () => {
  const { app } = openSimulator()
  const answer = await app.request(`${AUTHORIZE}?${query()}`, { headers: { cookie: 'wwsim_member=rep-a' } })
  expect(answer.status).toBe(302)
  expect(answer.headers.get('location')).toMatch(/^http:\/\/app\.test\/auth\/callback\?code=.+&state=abc123$/)
})

test('elsewhere one chooses who to be, and names are shown as text', async () => {
  const sim = openSimulator()
  sim.world.shop.members[0]!.name = '<img src=x>'
  const answer = await sim.app.request(`${WEB_LOGIN}?${query({ login_type: 'CorpApp' })}`)
  const page = await answer.text()
  expect(answer.status).toBe(200)
  expect(page).toContain('&lt;img src=x&gt;')
  expect(page).not.toContain('<img src=x>')
})

test.each([
  ['another host', { redirect_uri: 'http://evil.test/auth/callback' }, '50001'],
  ['another port', { redirect_uri: 'http://app.test:8443/auth/callback' }, '50001'],
  ['another corp', { appid: 'wwother' }, '40013'],
  ['another app', { agentid: '1' }, '301002'],
  ['a state WeCom would not carry', { state: 'a-b' }, 'state'],
])('%s is refused on a page', async (_, more, words) => {
  const { app } = openSimulator()
  const answer = await app.request(`${AUTHORIZE}?${query({ as: 'rep-a', ...more })}`)
  expect(answer.status).toBe(400)
  expect(await answer.text()).toContain(words)
})

test('a code works once and for five minutes', async () => {
  const sim = openSimulator()
  const code = await codeFor(sim, 'rep-a')
  expect(await sim.call(`auth/getuserinfo?code=${code}`)).toMatchObject({ errcode: 0, userid: 'rep-a' })
  expect((await sim.call(`auth/getuserinfo?code=${code}`)).errcode).toBe(42022)
  expect((await sim.call('auth/getuserinfo?code=made-up')).errcode).toBe(40029)
  const late = await codeFor(sim, 'rep-a')
  sim.advance(301)
  expect((await sim.call(`auth/getuserinfo?code=${late}`)).errcode).toBe(42003)
})

test('a member out of range still gets a userid; a stranger gets an openid', async () => {
  const sim = openSimulator()
  expect(await sim.call(`auth/getuserinfo?code=${await codeFor(sim, 'ghost')}`)).toMatchObject({ userid: 'ghost' })
  expect((await sim.call('user/get?userid=ghost')).errcode).toBe(60111)
  expect(await sim.call(`auth/getuserinfo?code=${await codeFor(sim, 'stranger')}`)).toHaveProperty('openid')
})

test('only consented sign-in gives a user ticket, for half an hour', async () => {
  const sim = openSimulator()
  expect(await sim.call(`auth/getuserinfo?code=${await codeFor(sim, 'rep-a')}`)).not.toHaveProperty('user_ticket')
  const consented = await codeFor(sim, 'rep-a', { scope: 'snsapi_privateinfo' })
  const { user_ticket } = await sim.call(`auth/getuserinfo?code=${consented}`)
  expect(await sim.call('auth/getuserdetail', { user_ticket })).toMatchObject({ userid: 'rep-a', gender: '0' })
  sim.advance(1_801)
  expect((await sim.call('auth/getuserdetail', { user_ticket })).errcode).toBe(84014)
})

test('the client’s signature check takes the app ticket for agentConfig and tells the wrong ticket from a wrong address', async () => {
  const sim = openSimulator()
  const { signPage } = await import('./crypto.ts')
  const [corp, app] = [await sim.call('get_jsapi_ticket'), await sim.call('ticket/get?type=agent_config')]
  const claim = (ticket: unknown, url: string) => ({
    kind: 'agentConfig',
    nonceStr: 'n',
    timestamp: 1,
    url: 'http://app.test/sidebar',
    signature: signPage(String(ticket), 'n', 1, url),
  })
  const verify = async (body: object) =>
    (await sim.app.request('/__sim/verify', { method: 'POST', body: JSON.stringify(body) })).json()
  expect(await verify(claim(app['ticket'], 'http://app.test/sidebar'))).toEqual({ ok: true })
  expect(await verify(claim(app['ticket'], 'http://app.test/sidebar?x=1'))).toMatchObject({
    ok: false,
    why: expect.stringContaining('40093'),
  })
  expect(await verify(claim(corp['ticket'], 'http://app.test/sidebar'))).toMatchObject({
    ok: false,
    why: expect.stringContaining('42012'),
  })
})
