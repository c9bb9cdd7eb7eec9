import { expect, test } from 'vitest'
import * as contract from '#shared/contract.ts'
import type { Endpoint } from '#shared/endpoint.ts'
import type { Actor, Deps } from '../context.ts'
import { createLog } from '../log.ts'
import { createApp } from './app.ts'
import type { WebPages } from './pages.ts'
import { contentSecurityPolicy } from './security.ts'
import type { Sessions } from './session.ts'

const US = 'https://pangbai.example.com'
const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === 'object' && value !== null && 'access' in value
const endpoints = Object.values(contract)
  .flatMap((feature) => Object.values<unknown>(feature))
  .filter(isEndpoint)
const unsafe = endpoints.filter((e) => e.method !== 'get')

/** The whole app as a signed-in member sees it; nothing behind it is there, so whatever gets through fails. */
function appAt(publicUrl: string) {
  const actor: Actor = { kind: 'member', userId: 'rep-a', name: '林' }
  const sessions = { identify: async () => actor, end: async () => undefined } as unknown as Sessions
  const deps = { config: { publicUrl, wecom: {} }, log: createLog('silent'), now: () => new Date() } as unknown as Deps
  const web: WebPages = {
    sidebar: { before: '', after: '' },
    desk: { before: '', after: '' },
    scriptHashes: ['sha256-abc='],
    assets: new Map(),
  }
  return createApp(deps, sessions, web)
}
const app = appAt(US)

const FOREIGN = [
  undefined,
  'null',
  'https://evil.com',
  'http://pangbai.example.com',
  'https://pangbai.example.com:8443',
  'https://pangbai.example.com.evil.com',
  'https://pangbai.example.com/',
  'https://PANGBAI.example.com',
  'https://pangbai.example.com, https://evil.com',
]
const TYPES = ['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']

test.for(unsafe)('$method $path is refused from any other origin, whatever it carries', async ({ method, path }) => {
  for (const origin of FOREIGN) {
    for (const type of TYPES) {
      const headers = { 'content-type': type, ...(origin !== undefined && { origin }) }
      const res = await app.request(path.replace(/:\w+/g, 'x'), { method: method.toUpperCase(), headers, body: '{}' })
      expect([res.status, ((await res.json()) as { error: { code: string } }).error.code]).toEqual([
        403,
        'forbidden_origin',
      ])
    }
  }
})

test('our own origin gets past the check', async () => {
  const res = await app.request('/api/sign-out', { method: 'POST', headers: { origin: US } })
  expect(res.status).toBe(200)
})

test.for(['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND'])(
  '%s needs our origin on addresses that do not exist, too',
  async (method) => {
    expect((await app.request('/nothing/here', { method })).status).toBe(403)
  },
)

const looked = ['/api/me', '/nothing', '/healthz', '/', '/assets/none.js', '/api/customers/x/card']

test.for(looked)('%s carries the security headers and a request id, error or not', async (path) => {
  const { headers } = await app.request(path)
  expect(headers.get('content-security-policy')).toContain(`script-src 'self';`)
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('referrer-policy')).toBe('same-origin')
  expect(headers.get('strict-transport-security')).toBe('max-age=31536000')
  expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  expect(headers.has('x-frame-options')).toBe(false)
})

test('a refused request carries them as well', async () => {
  const { headers } = await app.request('/api/sign-out', { method: 'POST', headers: { origin: 'https://evil.com' } })
  expect(headers.has('content-security-policy')).toBe(true)
})

test('no other site may read an answer', async () => {
  const res = await app.request('/api/me', { headers: { origin: 'https://evil.com' } })
  expect(res.headers.has('access-control-allow-origin')).toBe(false)
  const preflight = await app.request('/api/sign-out', {
    method: 'OPTIONS',
    headers: { origin: 'https://evil.com', 'access-control-request-method': 'POST' },
  })
  expect(preflight.headers.has('access-control-allow-origin')).toBe(false)
})

test('on a development address https is not demanded', async () => {
  const { headers } = await appAt('http://localhost:5180').request('/healthz')
  expect(headers.has('strict-transport-security')).toBe(false)
})

test('scripts run only from us or by hash, and the frames the SDK opens are allowed', () => {
  const policy = contentSecurityPolicy(['sha256-abc='])
  expect(policy).toContain(`script-src 'self' 'sha256-abc='`)
  expect(policy).not.toMatch(/script-src[^;]*unsafe/)
  expect(policy).toContain('frame-src https://open.work.weixin.qq.com https://login.work.weixin.qq.com')
  for (const rule of [`frame-ancestors 'self'`, `object-src 'none'`, `base-uri 'none'`, `connect-src 'self'`]) {
    expect(policy).toContain(rule)
  }
})
