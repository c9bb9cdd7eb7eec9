import { EventEmitter } from 'node:events'
import { beforeEach, expect, test, vi } from 'vitest'
import { type Outgoing, sendHttps } from './send.ts'

interface Found {
  address: string
  family: number
}
type Asked = (host: string, options: { all: boolean }, done: (error: null, found: Found[]) => void) => void
const { lookup, request } = vi.hoisted(() => ({ lookup: vi.fn(), request: vi.fn() }))
vi.mock('node:dns/promises', () => ({ lookup }))
vi.mock('node:https', () => ({ request }))

const PUBLIC: Found = { address: '93.184.216.34', family: 4 }
const outgoing: Outgoing = {
  id: 'e',
  url: 'https://hooks.example.com/in',
  secret: 'whsec_c2VjcmV0',
  body: '{}',
  timestamp: 1,
}
/** Where a connection would go, by the way `request` was told to look it up. */
const connected: string[] = []
let status = 204

beforeEach(() => {
  connected.length = 0
  status = 204
  lookup.mockReset()
  request.mockReset()
  request.mockImplementation((_url: URL, options: { lookup: Asked }, answer: (res: object) => void) => {
    options.lookup('hooks.example.com', { all: true }, (_, found) => connected.push(...found.map((one) => one.address)))
    queueMicrotask(() => answer({ statusCode: status, resume: () => undefined }))
    return Object.assign(new EventEmitter(), { end: () => undefined })
  })
})

test.for([
  ['this machine', ['127.0.0.1']],
  ['a cloud’s secrets', ['169.254.169.254']],
  ['the network, as IPv6', ['::ffff:10.0.0.1']],
  ['a public and a private one', ['93.184.216.34', '10.0.0.1']],
] as const)('a name that leads to %s is not connected to', async ([, addresses]) => {
  lookup.mockResolvedValue(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })))
  await expect(sendHttps(outgoing)).rejects.toThrow('内网地址')
  expect(request).not.toHaveBeenCalled()
})

test('a name that leads elsewhere at the second look is asked once, and connected to where it led then', async () => {
  lookup.mockResolvedValueOnce([PUBLIC]).mockResolvedValue([{ address: '127.0.0.1', family: 4 }])
  expect(await sendHttps(outgoing)).toBe(204)
  expect([lookup.mock.calls.length, connected]).toEqual([1, ['93.184.216.34']])
})

test('a redirect is an answer, not a way', async () => {
  lookup.mockResolvedValue([PUBLIC])
  status = 302
  expect(await sendHttps(outgoing)).toBe(302)
  expect(request).toHaveBeenCalledTimes(1)
})
