import { decrypt as officialDecrypt, encrypt as officialEncrypt, getSignature } from '@wecom/crypto'
import { describe, expect, test } from 'vitest'
import { decrypt, encrypt, signatureOf, signPage } from './crypto.ts'

const TOKEN = 'SbDemoToken2026'
const KEY = 'd2Vjb20tc2lkZWJhci1kZW1vLWFlcy1rZXktMDAwMDE'
const CORP = 'wwsimcorp0000000001'
const NONCE = 'Zx81kQpLm0aVtY7c'
const CORP_TICKET = 'HoagFKDcsGMVCIY2vOjf9kTESTticketCorp0001simulated-abcDEF_ghiJKL-0123456789'
const APP_TICKET = 'HoagFKDcsGMVCIY2vOjf9kTESTticketAgent001simulated-mnoPQR_stuVWX-9876543210'
const PAGE = 'https://sidebar.example.com/h5/customer?entry=single_chat_tools&kw=%E5%BC%A0%E4%B8%89'

describe('page signatures', () => {
  test("the official documentation's own example", () => {
    const ticket = 'sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg'
    expect(signPage(ticket, 'Wm3WZYTPz0wzccnW', 1414587457, 'http://mp.weixin.qq.com?params=value')).toBe(
      '0f9de62fce790f9a083d5c99e95740ceb90c27ed',
    )
  })
  test.each([
    ['corp ticket', CORP_TICKET, PAGE, 'ae09c9bb6550f1999fdd3587daf48588d242d603'],
    ['app ticket', APP_TICKET, PAGE, '56388ed513e5c9424b168076ce8b60eaf25186cb'],
    ['with the fragment left on', CORP_TICKET, `${PAGE}#/tags`, '4bdec6c35520451a64e57472e11a09212bdc5567'],
    ['with the query decoded', CORP_TICKET, decodeURIComponent(PAGE), '84a62689d42c683a593f5f26e113a7e296040ea9'],
  ])('%s', (_, ticket, url, expected) => expect(signPage(ticket, NONCE, 1769904000, url)).toBe(expected))
})

describe('callbacks', () => {
  const V1 = 'UOXNXlUcs6ICIZTq3DB+Wdt7g/xsFTI10vkhs894obEFiWnI0NX4+3wgovrN5/V5wsh3UC8JWbIXrNbfUbWZHg=='
  const V1_SIGNATURE = 'ef8848a606783ed5686eacf2c84071a3b4c95803'
  const at = ['1769904001', '1845920317'] as const

  test('V1: the URL check decrypts, and encrypting with the same random bytes gives the same text', () => {
    expect(decrypt(KEY, V1)).toEqual({ message: '7350129684412075501', receiver: CORP })
    expect(encrypt(KEY, '7350129684412075501', CORP, Buffer.from('aB3dE5fG7hJ9kL1m'))).toBe(V1)
    expect(signatureOf(TOKEN, ...at, V1)).toBe(V1_SIGNATURE)
  })
  test('V2: a whole event, padded past sixteen bytes', () => {
    const xml =
      '<xml><ToUserName><![CDATA[wwsimcorp0000000001]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName><CreateTime>1769904060</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[change_external_contact]]></Event><ChangeType><![CDATA[add_external_contact]]></ChangeType><UserID><![CDATA[LinXiaoYu]]></UserID><ExternalUserID><![CDATA[wmSimCustomer000000000000000001A]]></ExternalUserID><State><![CDATA[门店活码-杭州西湖]]></State><WelcomeCode><![CDATA[SIMWELCOME20260201A]]></WelcomeCode></xml>'
    const encrypted = encrypt(KEY, xml, CORP, Buffer.from('Q2w4E6r8T0y1U3i5'))
    expect(signatureOf(TOKEN, '1769904060', '902817364', encrypted)).toBe('f22e6025f76f57ede9e15babe9e7c3212741b483')
    expect(decrypt(KEY, encrypted).message).toBe(xml)
  })
  test('V3: a key whose last character has stray bits means the same key', () => {
    expect(decrypt('d2Vjb20tc2lkZWJhci1kZW1vLWFlcy1rZXktMDAwMDH', V1).message).toBe('7350129684412075501')
  })
  test('V4: a passive reply', () => {
    const xml =
      '<xml><ToUserName><![CDATA[LinXiaoYu]]></ToUserName><FromUserName><![CDATA[wwsimcorp0000000001]]></FromUserName><CreateTime>1769904061</CreateTime><MsgType><![CDATA[update_button]]></MsgType><Button><ReplaceName><![CDATA[已确认]]></ReplaceName></Button></xml>'
    const encrypted = encrypt(KEY, xml, CORP, Buffer.from('zX9cV7bN5mL3kJ1h'))
    expect(signatureOf(TOKEN, '1769904061', '550011223', encrypted)).toBe('6d69132360ab032a4738945756861791d815f1d1')
  })
  test('N1: another receiver decrypts, and is told apart by its receiver', () => {
    const text = 'UOXNXlUcs6ICIZTq3DB+Wdt7g/xsFTI10vkhs894obFUY6/OtXSKrkI8/KZg+O3qJa2Ou+FkyUPrnfU6QPRIRw=='
    expect(decrypt(KEY, text).receiver).toBe('wwothercorp')
  })
  test('N2 and N3: a changed text, or a plus turned into a space, has another signature', () => {
    const changed = `${V1.slice(0, -4)}AAA=`
    expect(signatureOf(TOKEN, ...at, changed)).toBe('aae218591a60ccd7d371c9bf1a6ca2570a99f3d6')
    expect(signatureOf(TOKEN, ...at, V1.replaceAll('+', ' '))).not.toBe(V1_SIGNATURE)
  })
  test('WeCom’s own package reads what we write, and we read what it writes', () => {
    for (const message of ['旁白', 'x'.repeat(31), '🌿'.repeat(200)]) {
      const ours = encrypt(KEY, message, CORP)
      expect(officialDecrypt(KEY, ours)).toMatchObject({ message, id: CORP })
      expect(decrypt(KEY, officialEncrypt(KEY, message, CORP))).toEqual({ message, receiver: CORP })
      expect(signatureOf(TOKEN, '1', '2', ours)).toBe(getSignature(TOKEN, '1', '2', ours))
    }
  })
})
