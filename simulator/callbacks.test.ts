import { decrypt } from '@wecom/crypto'
import { expect, test } from 'vitest'
import { signatureOf } from './crypto.ts'
import { DEMO_CALLBACK } from './create.ts'
import { openSimulator } from './testing/api.ts'

const KEY = DEMO_CALLBACK.aesKey

/** A receiver that keeps what it was sent and answers with the statuses given, then 200. */
function receiver(...statuses: (number | 'down')[]) {
  const got: { xml: string; signed: boolean }[] = []
  const callbackFetch = (async (input: string | URL, init?: RequestInit) => {
    const url = new URL(String(input))
    const [signature, timestamp, nonce] = ['msg_signature', 'timestamp', 'nonce'].map(
      (k) => url.searchParams.get(k) ?? '',
    )
    const echo = url.searchParams.get('echostr')
    if (echo) return new Response(decrypt(KEY, echo).message)
    const encrypted = /<Encrypt><!\[CDATA\[(.+?)\]\]><\/Encrypt>/.exec(String(init?.body))?.[1] ?? ''
    const next = statuses.shift()
    if (next === 'down') throw new TypeError('connection refused')
    got.push({
      xml: decrypt(KEY, encrypted).message,
      signed: signature === signatureOf(DEMO_CALLBACK.token, timestamp ?? '', nonce ?? '', encrypted),
    })
    return new Response('', { status: next ?? 200 })
  }) as typeof fetch
  return { got, options: { callbackFetch, callback: { url: 'http://app.test/callback', ...DEMO_CALLBACK } } }
}

test('a change made in WeCom reaches the app signed and encrypted, as the official package reads it', async () => {
  const { got, options } = receiver()
  const { acts, callbacks } = openSimulator(undefined, options)
  acts.editCustomer({ userid: 'rep-a', externalUserid: 'wmA', remark: '新备注' })
  await callbacks.settled()
  expect(got).toHaveLength(1)
  expect(got[0]?.signed).toBe(true)
  expect(got[0]?.xml).toMatch(
    /^<xml><ToUserName><!\[CDATA\[wwsimcorp0000000001\]\]><\/ToUserName><FromUserName><!\[CDATA\[sys\]\]><\/FromUserName><CreateTime>\d+<\/CreateTime>/,
  )
  expect(got[0]?.xml).toContain('<ChangeType><![CDATA[edit_external_contact]]></ChangeType>')
})

test('a change made through the API raises nothing', async () => {
  const { got, options } = receiver()
  const { call, callbacks } = openSimulator(undefined, options)
  await call('externalcontact/mark_tag', { userid: 'rep-a', external_userid: 'wmA', add_tag: ['etPlain'] })
  await call('externalcontact/remark', { userid: 'rep-a', external_userid: 'wmA', remark: 'x' })
  await call('externalcontact/add_corp_tag', { group_name: '新', tag: [{ name: '新' }] })
  await callbacks.settled()
  expect(got).toEqual([])
})

test('an unanswered event is sent four times in all, then forgotten', async () => {
  const { got, options } = receiver('down', 500, 500, 500)
  const { acts, callbacks } = openSimulator(undefined, options)
  acts.deleteCustomer({ userid: 'rep-a', externalUserid: 'wmA', by: 'customer' })
  await callbacks.settled()
  expect(got).toHaveLength(3)
  expect(callbacks.log.at(-1)).toMatchObject({ event: 'change_external_contact.del_follow_user', outcome: 'failed' })
})

test('elements that do not apply are absent', async () => {
  const { got, options } = receiver()
  const { acts, callbacks } = openSimulator(undefined, options)
  acts.addCustomer({ userid: 'rep-a', name: '新客' })
  acts.deleteCustomer({ userid: 'rep-a', externalUserid: 'wmA', by: 'member' })
  await callbacks.settled()
  expect(got[0]?.xml).not.toContain('<State>')
  expect(got[1]?.xml).not.toContain('<Source>')
})

test('a deleted group is one event, its tags are none; a shuffle of all groups has an empty id', async () => {
  const { got, options } = receiver()
  const { acts, callbacks } = openSimulator(undefined, options)
  acts.deleteTag({ id: 'etGroupOurs' })
  acts.shuffleTags({})
  await callbacks.settled()
  expect(got).toHaveLength(2)
  expect(got[0]?.xml).toContain('<TagType><![CDATA[tag_group]]></TagType>')
  expect(got[1]?.xml).toContain('<Id><![CDATA[]]></Id>')
})

test('duplicates and losses on demand', async () => {
  const { got, options } = receiver()
  const { acts, callbacks } = openSimulator(undefined, options)
  callbacks.mode.duplicate = 1
  acts.editCustomer({ userid: 'rep-a', externalUserid: 'wmA', remark: 'a' })
  await callbacks.settled()
  expect(got).toHaveLength(2)
  Object.assign(callbacks.mode, { duplicate: 0, drop: 1 })
  acts.editCustomer({ userid: 'rep-a', externalUserid: 'wmA', remark: 'b' })
  await callbacks.settled()
  expect(got).toHaveLength(2)
})

test('saving an address checks it: the plain text must come back as it was', async () => {
  const { options } = receiver()
  const { callbacks } = openSimulator(undefined, options)
  expect(await callbacks.verifyUrl({ url: 'http://app.test/callback', ...DEMO_CALLBACK })).toBe(true)
  const deaf = openSimulator(undefined, {
    callbackFetch: (async () => new Response('"ok"')) as unknown as typeof fetch,
  })
  expect(await deaf.callbacks.verifyUrl({ url: 'http://app.test/callback', ...DEMO_CALLBACK })).toBe(false)
})
