import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import * as z from 'zod/mini'
import type { CustomerId } from '#shared/ids.ts'
import { ApiError } from '#web/lib/api.ts'
import { openOutbox, type Outbox, type SendRecord } from './outbox.ts'
import { serverOf } from './testing.ts'
import { uuid } from '#web/lib/uuid.ts'

const RECORD = 'post /api/customers/:customerId/sends'
const server = serverOf({})
vi.mock('#web/lib/api.ts', async (original) => ({
  ...(await original<object>()),
  call: (...args: Parameters<typeof server.call>) => server.call(...args),
}))

const record = (): SendRecord => ({
  customerId: 'wmA' as CustomerId,
  key: uuid(),
  replyId: null,
  part: 0,
  partType: 'text',
  content: '您好',
  outcome: 'ok',
  reason: null,
})

let outbox: Outbox
const lost = vi.fn<(count: number) => void>()
beforeEach(() => {
  localStorage.clear()
  lost.mockReset()
  server.asked.length = 0
  server.answers[RECORD] = () => {
    throw new ApiError('offline', 'network')
  }
  outbox = openOutbox('rep-a', lost)
})
afterEach(() => {
  outbox.close()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

describe('records waiting for the server', () => {
  test('are delivered oldest first, one at a time', async () => {
    vi.spyOn(Date, 'now').mockReturnValueOnce(1).mockReturnValueOnce(2)
    const [first, second] = [record(), record()]
    outbox.add(first)
    outbox.add(second)
    await flushPromises()
    server.answers[RECORD] = () => ({ sentAt: '2026-01-05T01:00:00Z' })
    server.asked.length = 0
    await outbox.flush()
    expect(server.to(RECORD).map((sent) => sent['key'])).toEqual([first.key, second.key])
    expect(outbox.count()).toBe(0)
  })

  test('never fill the device: beyond two hundred the oldest goes, and that is told', () => {
    for (let i = 0; i < 202; i++) outbox.add(record())
    expect(outbox.count()).toBe(200)
    expect(lost).toHaveBeenCalledTimes(2)
  })

  test('are held in memory where the client keeps nothing', async () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    outbox.add(record())
    await flushPromises()
    expect(outbox.count()).toBe(1)
    server.answers[RECORD] = () => ({ sentAt: '2026-01-05T01:00:00Z' })
    await outbox.flush()
    expect(outbox.count()).toBe(0)
  })

  test('a damaged one is thrown away instead of blocking the others', async () => {
    localStorage.setItem('pangbai.sent.rep-a.x', '{"at":1,"rec')
    server.answers[RECORD] = () => ({ sentAt: '2026-01-05T01:00:00Z' })
    outbox.add(record())
    await flushPromises()
    expect(server.to(RECORD)).toHaveLength(1)
    expect(localStorage).toHaveLength(0)
  })
})

test('a key is a proper uuid also on a page without https', () => {
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })
  const keys = Array.from({ length: 50 }, uuid)
  expect(keys.every((key) => z.uuid().safeParse(key).success)).toBe(true)
  expect(new Set(keys).size).toBe(50)
})
