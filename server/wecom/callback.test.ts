import { encrypt } from '@wecom/crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answerCheck, readCallback } from './callback.ts'
import { decrypt, Forged, signatureOf } from './crypto.ts'

const keys = {
  corpId: 'wwsimcorp0000000001',
  callbackToken: 'SbDemoToken2026',
  callbackAesKey: 'd2Vjb20tc2lkZWJhci1kZW1vLWFlcy1rZXktMDAwMDE',
}
const V1 = {
  echostr: 'UOXNXlUcs6ICIZTq3DB+Wdt7g/xsFTI10vkhs894obEFiWnI0NX4+3wgovrN5/V5wsh3UC8JWbIXrNbfUbWZHg==',
  timestamp: '1769904001',
  nonce: '1845920317',
  msg_signature: 'ef8848a606783ed5686eacf2c84071a3b4c95803',
}
const AT = new Date(1_769_904_060_000)

/** A callback as WeCom would send it, encrypted by WeCom's own package. */
function sent(plain: string, { receiver = keys.corpId, timestamp = '1769904060' } = {}) {
  const sealed = encrypt(keys.callbackAesKey, plain, receiver)
  const query = { timestamp, nonce: '1', msg_signature: signatureOf(keys.callbackToken, timestamp, '1', sealed) }
  return {
    query,
    body: `<xml><ToUserName><![CDATA[${keys.corpId}]]></ToUserName><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`,
  }
}
const event = (inner: string) =>
  `<xml><ToUserName><![CDATA[${keys.corpId}]]></ToUserName><Event><![CDATA[change_external_contact]]></Event>${inner}</xml>`
const read = ({ query, body }: ReturnType<typeof sent>, at = AT) => readCallback(keys, query, body, at)

describe('the console’s check of the address', () => {
  test('is answered with the plain text', () => expect(answerCheck(keys, V1)).toBe('7350129684412075501'))
  test('also with a key whose last character carries stray bits', () => {
    const lenient = { ...keys, callbackAesKey: `${keys.callbackAesKey.slice(0, -1)}H` }
    expect(answerCheck(lenient, V1)).toBe('7350129684412075501')
  })
  test('a check meant for another corp is refused, however well it is signed', () => {
    const echostr = 'UOXNXlUcs6ICIZTq3DB+Wdt7g/xsFTI10vkhs894obFUY6/OtXSKrkI8/KZg+O3qJa2Ou+FkyUPrnfU6QPRIRw=='
    const msg_signature = signatureOf(keys.callbackToken, V1.timestamp, V1.nonce, echostr)
    expect(() => answerCheck(keys, { ...V1, echostr, msg_signature })).toThrow(Forged)
  })
  test.each([
    ['its end replaced', V1.echostr.slice(0, -4) + 'AAA='],
    ['a plus turned into a space', V1.echostr.replaceAll('+', ' ')],
    ['nothing', ''],
  ])('with %s it is refused', (_, echostr) => expect(() => answerCheck(keys, { ...V1, echostr })).toThrow(Forged))
})

describe('an event', () => {
  test('is opened and read, with the digest of its plain text', () => {
    const first = read(sent(event('<ChangeType><![CDATA[edit_external_contact]]></ChangeType><UserID>A</UserID>')))
    expect(first.fields).toMatchObject({ ChangeType: 'edit_external_contact', UserID: 'A' })
    const again = read(sent(event('<ChangeType><![CDATA[edit_external_contact]]></ChangeType><UserID>A</UserID>')))
    expect(again.digest).toBe(first.digest)
  })
  test('older or newer than ten minutes is refused', () => {
    const it = sent(event(''))
    expect(() => read(it, new Date(AT.getTime() + 601_000))).toThrow(Forged)
    expect(() => read(it, new Date(AT.getTime() - 601_000))).toThrow(Forged)
    expect(read(it, new Date(AT.getTime() + 599_000)).fields['Event']).toBe('change_external_contact')
  })
  test.each([
    ['for another receiver', sent(event(''), { receiver: 'wwothercorp' })],
    ['that names another corp inside', sent(event('').replace(keys.corpId, 'wwothercorp'))],
    ['with an entity bomb', sent(`<!DOCTYPE x [<!ENTITY a "aaaa">]>${event('&a;')}`)],
    ['with an external entity', sent(`<!doctype x SYSTEM "file:///etc/passwd">${event('')}`)],
    ['nested twenty thousand deep', sent(event('<a>'.repeat(20_000) + '</a>'.repeat(20_000)))],
    ['that is not XML', sent('{"Event":"x"}')],
  ])('%s is refused at once', (_, it) => {
    const began = performance.now()
    expect(() => read(it)).toThrow(Forged)
    expect(performance.now() - began).toBeLessThan(200)
  })
  test('cannot reach our prototypes', () => {
    expect(() => read(sent(event('<__proto__><admin>1</admin></__proto__>')))).toThrow(Forged)
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined()
  })
  test('with any bit flipped is refused', () => {
    const { query, body } = sent(event(''))
    const start = body.indexOf('<Encrypt><![CDATA[') + 18
    fc.assert(
      fc.property(fc.integer({ min: start, max: start + 150 }), fc.constantFrom('A', 'b', '/', '+'), (at, by) => {
        fc.pre(body[at] !== by)
        expect(() => read({ query, body: body.slice(0, at) + by + body.slice(at + 1) })).toThrow(Forged)
      }),
    )
  })
})

test('random bytes open to nothing and never throw anything but a refusal', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
      expect(() => decrypt(keys.callbackAesKey, keys.corpId, text)).toThrow(Forged)
      expect(() => readCallback(keys, { timestamp: '1769904060', nonce: '1', msg_signature: text }, text, AT)).toThrow(
        Forged,
      )
    }),
  )
})
