import { expect, test } from 'vitest'
import { signature, signaturesOf } from './jssdk.ts'

/* Vectors of server-api.md §2.3. J0 is the official page's own example. */
const CORP = 'HoagFKDcsGMVCIY2vOjf9kTESTticketCorp0001simulated-abcDEF_ghiJKL-0123456789'
const AGENT = 'HoagFKDcsGMVCIY2vOjf9kTESTticketAgent001simulated-mnoPQR_stuVWX-9876543210'
const seed = { nonceStr: 'Zx81kQpLm0aVtY7c', timestamp: 1769904000 }
const page = 'https://sidebar.example.com/h5/customer?entry=single_chat_tools&kw=%E5%BC%A0%E4%B8%89'

test('J0: the official example', () => {
  const ticket = 'sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg'
  const given = { nonceStr: 'Wm3WZYTPz0wzccnW', timestamp: 1414587457 }
  expect(signature(ticket, given, 'http://mp.weixin.qq.com?params=value')).toBe(
    '0f9de62fce790f9a083d5c99e95740ceb90c27ed',
  )
})

test('J1, J2: the corp ticket and the app ticket sign differently', () => {
  expect(signature(CORP, seed, page)).toBe('ae09c9bb6550f1999fdd3587daf48588d242d603')
  expect(signature(AGENT, seed, page)).toBe('56388ed513e5c9424b168076ce8b60eaf25186cb')
})

test('J3: what follows # is never signed', () => {
  expect(signature(CORP, seed, `${page}#/tags`)).toBe('ae09c9bb6550f1999fdd3587daf48588d242d603')
})

test('J4: the address is signed as the browser has it, not decoded', () => {
  expect(signature(CORP, seed, page)).not.toBe('84a62689d42c683a593f5f26e113a7e296040ea9')
  expect(signature(CORP, seed, decodeURIComponent(page))).toBe('84a62689d42c683a593f5f26e113a7e296040ea9')
})

test('a page gets both signatures, each checkable with its ticket, and neither ticket', async () => {
  const wecom = { ticket: async (kind: 'corp' | 'agent') => (kind === 'corp' ? CORP : AGENT) }
  const config = { wecom: { corpId: 'ww1', agentId: 1000002 } }
  const now = () => new Date(1769904000_999)
  const signed = await signaturesOf(page, { wecom, config: config as never, now })
  expect(signed).toMatchObject({ corpId: 'ww1', agentId: '1000002', url: page, agent: { timestamp: 1769904000 } })
  expect(signature(AGENT, signed.agent, page)).toBe(signed.agent.signature)
  expect(signature(CORP, signed.corp, page)).toBe(signed.corp.signature)
  expect(JSON.stringify(signed)).not.toContain('ticket')
})
