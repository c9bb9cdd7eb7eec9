import { expect, test } from 'vitest'
import { createSignIn, US, WXWORK } from '../testing/sign-in.ts'

const { app, sql, codes, begin, finish, countSessions } = await createSignIn()

test('inside WeCom the member is sent to the silent authorisation of this app', async () => {
  const { res, to, state } = await begin()
  expect(res.status).toBe(302)
  expect(to.origin + to.pathname).toBe('https://open.weixin.qq.com/connect/oauth2/authorize')
  expect(Object.fromEntries(to.searchParams)).toEqual({
    appid: 'ww00test',
    redirect_uri: `${US}/auth/callback`,
    response_type: 'code',
    scope: 'snsapi_base',
    state,
    agentid: '1000002',
  })
  expect(to.hash).toBe('#wechat_redirect')
  expect(state).toMatch(/^[0-9a-f]{32}$/)
})

test('in a plain browser the member is sent to the web sign-in', async () => {
  const { to } = await begin('/sidebar', 'Mozilla/5.0 Chrome/130')
  expect(to.origin + to.pathname).toBe('https://login.work.weixin.qq.com/wwlogin/sso/login')
  expect(Object.fromEntries(to.searchParams)).toMatchObject({
    login_type: 'CorpApp',
    appid: 'ww00test',
    agentid: '1000002',
  })
})

test('a member comes back signed in, where they wanted to go, and is known with their store', async () => {
  const { state, cookie } = await begin()
  const res = await finish({ code: 'code-1', state }, cookie)
  expect(res.status).toBe(302)
  expect(res.headers.get('location')).toBe(`${US}/sidebar?entry=single_chat_tools`)
  const session = res.headers.getSetCookie().find((set) => set.startsWith('__Host-pangbai=')) ?? ''
  const me = await app.request('/api/me', { headers: { cookie: session.split(';')[0] ?? '' } })
  expect(await me.json()).toEqual({ roles: [], userId: 'Rep-A', name: '林', storeName: '湖滨店' })
})

test('no page of the round trip may be cached: a used code must not come back', async () => {
  const { res, state, cookie } = await begin()
  expect(res.headers.get('cache-control')).toBe('no-store')
  expect((await finish({ code: 'c', state }, cookie)).headers.get('cache-control')).toBe('no-store')
  expect((await finish({ code: 'c', state }, cookie)).headers.get('cache-control')).toBe('no-store')
})

test('a state works once', async () => {
  const { state, cookie } = await begin()
  expect((await finish({ code: 'c1', state }, cookie)).status).toBe(302)
  expect((await finish({ code: 'c2', state }, cookie)).status).toBe(400)
  expect([await countSessions(), codes]).toEqual([1, ['c1']])
})

test('two callbacks at once with one state make one session', async () => {
  const { state, cookie } = await begin()
  const both = await Promise.all([finish({ code: 'c1', state }, cookie), finish({ code: 'c2', state }, cookie)])
  expect(both.map((res) => res.status).toSorted((a, b) => a - b)).toEqual([302, 400])
})

test("a state begun in an attacker's browser signs nobody in, and theirs still works", async () => {
  const attacker = await begin()
  const victim = await begin()
  for (const cookie of ['', victim.cookie, '__Host-pangbai-login=guess']) {
    const res = await finish({ code: 'code-of-the-attacker', state: attacker.state }, cookie)
    expect(res.status).toBe(400)
    expect(res.headers.getSetCookie().join()).not.toContain('__Host-pangbai=')
  }
  expect([await countSessions(), codes]).toEqual([0, []])
  expect((await finish({ code: 'c', state: attacker.state }, attacker.cookie)).status).toBe(302)
})

test('a state is over after five minutes', async () => {
  const { state, cookie } = await begin()
  const [row] = await sql<
    { s: number }[]
  >`select extract(epoch from expires_at - clock_timestamp())::int as s from login_states`
  expect(row?.s).toBeGreaterThan(290)
  expect(row?.s).toBeLessThanOrEqual(300)
  await sql`update login_states set expires_at = clock_timestamp() - interval '1 second'`
  expect((await finish({ code: 'c', state }, cookie)).status).toBe(400)
  expect(await countSessions()).toBe(0)
})

test('an invented, empty or missing state is refused before WeCom is asked', async () => {
  const { cookie } = await begin()
  expect((await finish({ code: 'c', state: 'f'.repeat(32) }, cookie)).status).toBe(400)
  expect((await finish({ code: 'c', state: '' }, cookie)).status).toBe(400)
  expect((await finish({ code: 'c' }, cookie)).status).toBe(400)
  expect(codes).toEqual([])
})

test('two tabs of one browser may sign in at once', async () => {
  const one = await begin('/sidebar?tab=1')
  const two = await begin('/sidebar?tab=2', WXWORK, one.cookie)
  expect(two.cookie).toBe(one.cookie)
  expect((await finish({ code: 'c2', state: two.state }, one.cookie)).headers.get('location')).toBe(
    `${US}/sidebar?tab=2`,
  )
  expect((await finish({ code: 'c1', state: one.state }, one.cookie)).headers.get('location')).toBe(
    `${US}/sidebar?tab=1`,
  )
})

test.for([
  '//evil',
  '/\\evil',
  'https:evil',
  'https://u@pangbai.example.com/',
  `${US}:8443/`,
  '/a%0d%0aSet-Cookie: x=1',
])('a way back to %j is a page in Chinese, and no round trip begins', async (target) => {
  const { res } = await begin(target)
  expect(res.status).toBe(400)
  expect(await res.text()).toContain('登录后要回到的地址不是本站的页面')
  const [row] = await sql<{ n: number }[]>`select count(*)::int as n from login_states`
  expect(row?.n).toBe(0)
})

test('two ways back are one too many', async () => {
  expect((await app.request('/auth/login?return=/sidebar&return=//evil')).status).toBe(400)
})
