import { expect, test } from 'vitest'
import { openSimulator } from '../testing/api.ts'

const GET = 'externalcontact/get?external_userid=wmA'

test('an unknown path is 404 with an empty body, before any token is looked at', async () => {
  const { app } = openSimulator()
  const answer = await app.request('/cgi-bin/externalcontact/nothing')
  expect([answer.status, await answer.text()]).toEqual([404, ''])
})

test('a token counts only in the query: a header or a body token is a missing one', async () => {
  const { app, token } = openSimulator()
  const answer = await app.request(`/cgi-bin/${GET}`, { headers: { authorization: `Bearer ${await token()}` } })
  expect([answer.status, ((await answer.json()) as { errcode: number }).errcode]).toEqual([200, 41001])
})

test('a bad token is 40014 with the empty collections of the endpoint, and comes before the parameters', async () => {
  const { call } = openSimulator()
  expect(await call(GET, undefined, 'garbage')).toMatchObject({ errcode: 40014, follow_user: [] })
  expect(await call('externalcontact/list', undefined, 'garbage')).toMatchObject({
    errcode: 40014,
    external_userid: [],
  })
})

test('a token lives 7200 seconds by the clock, then 42001; invalidated, 40014, and a new one differs', async () => {
  const { call, token, advance, world } = openSimulator()
  const first = await token()
  advance(7_199)
  expect((await call(GET, undefined, first)).errcode).toBe(0)
  advance(1)
  expect((await call(GET, undefined, first)).errcode).toBe(42001)
  const second = await token()
  for (const held of world.tokens.values()) held.dead = true
  expect((await call(GET, undefined, second)).errcode).toBe(40014)
  expect(await token()).not.toBe(second)
})

test('gettoken says which part is wrong, secret before corp', async () => {
  const { get, world } = openSimulator()
  const code = async (query: string) => (await get(`/cgi-bin/gettoken?${query}`))['errcode']
  expect(await code('')).toBe(41004)
  expect(await code('corpsecret=x')).toBe(41002)
  expect(await code(`corpid=wwother&corpsecret=${world.secret}`)).toBe(40013)
  expect(await code(`corpid=${world.corpId}&corpsecret=wrong`)).toBe(40001)
})

test('after two thousand wrong secrets in an hour the address is blocked until the hour is over', async () => {
  const { get, world, advance } = openSimulator()
  const wrong = async () => (await get(`/cgi-bin/gettoken?corpid=${world.corpId}&corpsecret=wrong`))['errcode']
  for (let n = 0; n < 2_000; n++) await wrong()
  expect(await wrong()).toBe(45009)
  advance(3_600)
  expect(await wrong()).toBe(40001)
})

test('an untrusted address is refused with itself in the text, but may fetch a token', async () => {
  const { call, faults, token } = openSimulator()
  faults.trustedIp = false
  expect(await token()).not.toBe('undefined')
  const refused = await call('externalcontact/get')
  expect(refused.errcode).toBe(60020)
  expect(refused['errmsg']).toMatch(/from ip: 127\.0\.0\.1, more info at .*e=60020$/)
})

test('the hint of an error differs every time, so that nothing can match on it', async () => {
  const { call } = openSimulator()
  const texts = [
    await call('externalcontact/get?external_userid=x'),
    await call('externalcontact/get?external_userid=x'),
  ]
  expect(texts[0]?.['errmsg']).not.toBe(texts[1]?.['errmsg'])
})

test('some answers carry no errcode, and some carry fields nobody has documented', async () => {
  const { call } = openSimulator()
  expect(await call('department/list')).not.toHaveProperty('errcode')
  expect(await call(GET)).toHaveProperty('future_field')
})

test('a GET on a POST endpoint misses the body: 40058, not an HTTP 405', async () => {
  const { call } = openSimulator()
  expect((await call('externalcontact/mark_tag')).errcode).toBe(40058)
})

test('a body with \\u escapes is refused', async () => {
  const { app, token } = openSimulator()
  const url = `/cgi-bin/externalcontact/remark?access_token=${await token()}`
  const answer = await app.request(url, {
    method: 'POST',
    body: '{"userid":"rep-a","external_userid":"wmA","remark":"\\u8001"}',
  })
  expect(((await answer.json()) as { errcode: number }).errcode).toBe(40033)
})

test('an API over its minute is 45009 until the minute is over, without a Retry-After', async () => {
  const { call, faults, advance, app, token } = openSimulator()
  faults.perMinute.set('/cgi-bin/externalcontact/get', 2)
  expect([(await call(GET)).errcode, (await call(GET)).errcode, (await call(GET)).errcode]).toEqual([0, 0, 45009])
  const answer = await app.request(`/cgi-bin/${GET}&access_token=${await token()}`)
  expect(answer.headers.has('retry-after')).toBe(false)
  advance(60)
  expect((await call(GET)).errcode).toBe(0)
})

test('too many calls of one API at once are 45033; two tag writes on one customer at once are 6000', async () => {
  const { call, faults, token } = openSimulator()
  const held = await token()
  faults.concurrency = 2
  for (const path of ['get', 'mark_tag']) faults.add({ path: `/cgi-bin/externalcontact/${path}`, latencyMs: 20 })
  const codes = await Promise.all([1, 2, 3, 4].map(async () => (await call(GET, undefined, held)).errcode))
  expect(codes).toContain(45033)
  const mark = () =>
    call('externalcontact/mark_tag', { userid: 'rep-a', external_userid: 'wmA', add_tag: ['etHigh'] }, held)
  const marks = await Promise.all([mark(), mark()])
  expect(marks.map((m) => m.errcode)).toContain(6000)
})

test('page tickets are handed out again while they live, a hundred times an hour at most', async () => {
  const { call } = openSimulator()
  const first = await call('ticket/get?type=agent_config')
  expect(await call('ticket/get?type=agent_config')).toMatchObject({ ticket: first['ticket'] })
  expect((await call('get_jsapi_ticket'))['ticket']).not.toBe(first['ticket'])
  for (let n = 0; n < 98; n++) await call('ticket/get?type=agent_config')
  expect((await call('ticket/get?type=agent_config')).errcode).toBe(45009)
})

test('a contact-sync token opens no customer API, and our app’s token opens no contact-sync API', async () => {
  const { call, token, world } = openSimulator()
  const sync = await token(world.contactSyncSecret)
  expect((await call(GET, undefined, sync)).errcode).toBe(48002)
  expect((await call('user/list_id', {})).errcode).toBe(48002)
  expect(await call('user/list_id', { limit: 2 }, sync)).toMatchObject({ errcode: 0, next_cursor: '2' })
})

test('an app outside 可调用接口的应用 is 48002 on every customer path', async () => {
  const { call, faults } = openSimulator()
  faults.customerApi = false
  expect((await call(GET)).errcode).toBe(48002)
  expect((await call('user/get?userid=rep-a')).errcode).toBe(0)
})

test('faults on demand: an errcode for the next calls, no answer at all, half a body, an HTTP status', async () => {
  const { call, faults, app, token } = openSimulator()
  faults.add({ path: '/cgi-bin/externalcontact/get', errcode: -1, times: 2 })
  expect([(await call(GET)).errcode, (await call(GET)).errcode, (await call(GET)).errcode]).toEqual([-1, -1, 0])
  const url = `/cgi-bin/${GET}&access_token=${await token()}`
  faults.add({ path: '/cgi-bin/externalcontact/get', reset: true, times: 1 })
  await expect(async () => app.request(url)).rejects.toThrow()
  faults.add({ path: '/cgi-bin/externalcontact/get', malformed: true, times: 1 })
  await expect((await app.request(url)).json()).rejects.toThrow(SyntaxError)
  faults.add({ path: '/cgi-bin/externalcontact/get', status: 503, times: 1 })
  expect((await app.request(url)).status).toBe(503)
})

test('where only https is served, plain http is answered with 301', async () => {
  const { app, faults } = openSimulator()
  faults.httpsOnly = true
  const answer = await app.request('http://qyapi.test/cgi-bin/gettoken')
  expect([answer.status, answer.headers.get('location')]).toEqual([301, 'https://qyapi.test/cgi-bin/gettoken'])
})
