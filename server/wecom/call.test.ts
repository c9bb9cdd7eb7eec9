import { expect, test } from 'vitest'
import { API, type Api } from './apis.ts'
import { createCaller } from './call.ts'
import type { CredentialKind } from './credentials.ts'
import { Anything } from './schemas.ts'
import { type Exchange, noAnswer, type Outgoing, refused } from './transport.ts'

/** A WeCom that accepts only `valid`, and a token shop that always sells the next one. */
function world(valid: string, code = 40014) {
  const sent: Outgoing[] = []
  const renewals: (string | undefined)[] = []
  const exchange: Exchange = async (api, out) => {
    sent.push(out)
    if (out.query?.['access_token'] !== valid) throw refused(api, code)
    return { fine: true }
  }
  let next = 0
  const get = async (_: CredentialKind, turnedDown?: string) => {
    if (turnedDown !== undefined) renewals.push(turnedDown)
    if (turnedDown === `token-${next}`) next++
    return `token-${next}`
  }
  return { sent, renewals, ...createCaller(exchange, () => ({ get })) }
}

test.for([40014, 42001, 40001])('a token refused with %i is replaced and the call replayed once', async (code) => {
  const { call, sent, renewals } = world('token-1', code)
  await expect(call(API.customer, Anything, { query: { external_userid: 'wmA' } })).resolves.toEqual({ fine: true })
  expect(sent.map((out) => out.query)).toEqual([
    { access_token: 'token-0', external_userid: 'wmA' },
    { access_token: 'token-1', external_userid: 'wmA' },
  ])
  expect(renewals).toEqual(['token-0'])
})

test.for([API.addTag, API.customer])('a second refusal of $path is final', async (api: Api) => {
  const { call, sent } = world('never')
  await expect(call(api, Anything)).rejects.toMatchObject({ errcode: 40014 })
  expect(sent).toHaveLength(2)
})

test('even a write that must not be doubled is replayed: WeCom looks at the token first', async () => {
  const { call, sent } = world('token-1')
  await call(API.addTag, Anything, { body: { group_id: 'g' } })
  expect(sent).toHaveLength(2)
})

test('a token that cannot be had is not asked for three times over', async () => {
  let asked = 0
  const exchange: Exchange = async () => ({})
  const get = async () => {
    asked++
    throw noAnswer(API.token, 'reset')
  }
  const { call } = createCaller(exchange, () => ({ get }))
  await expect(call(API.customer, Anything)).rejects.toMatchObject({ errcode: -1000, api: '/cgi-bin/gettoken' })
  expect(asked).toBe(1)
})

test('the access token travels in the query, the only place WeCom looks', async () => {
  const { call, sent } = world('token-0')
  await call(API.markTag, Anything, { body: { userid: 'rep-a' } })
  expect(sent).toEqual([{ query: { access_token: 'token-0' }, body: { userid: 'rep-a' } }])
})
