import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { API, type Api } from './apis.ts'
import { inBackground } from './background.ts'
import { createGuard } from './guard.ts'
import { noAnswer, refused } from './transport.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'Date', 'performance'] }))
afterEach(() => void vi.useRealTimers())

const failing = (api: Api, ...codes: number[]) => {
  const left = [...codes]
  return vi.fn<() => Promise<string>>(async () => {
    const code = left.shift()
    if (code !== undefined) throw code === -1000 ? noAnswer(api, 'reset') : refused(api, code)
    return 'ok'
  })
}

async function settle<T>(work: Promise<T>): Promise<T | number> {
  const outcome = work.catch((error: { errcode: number }) => error.errcode)
  await vi.runAllTimersAsync()
  return await outcome
}

test.for([-1, 6000, 45033, -1000])('a read is tried again after %i and succeeds', async (code) => {
  const guard = createGuard(API.customer)
  const exchange = failing(API.customer, code, code)
  expect(await settle(guard.retrying(() => guard.once(exchange)))).toBe('ok')
  expect(exchange).toHaveBeenCalledTimes(3)
})

test('three tries are the most', async () => {
  const guard = createGuard(API.markTag)
  const exchange = failing(API.markTag, -1, -1, -1, -1)
  expect(await settle(guard.retrying(() => guard.once(exchange)))).toBe(-1)
  expect(exchange).toHaveBeenCalledTimes(3)
})

test.for([API.addTag, API.upload, API.memberOfCode])('$path is never sent twice on its own', async (api) => {
  const guard = createGuard(api)
  const exchange = failing(api, -1000)
  expect(await settle(guard.retrying(() => guard.once(exchange)))).toBe(-1000)
  expect(exchange).toHaveBeenCalledTimes(1)
})

test.for([84061, 40068, 60020, 45009])('%i is not tried again', async (code) => {
  const guard = createGuard(API.markTag)
  const exchange = failing(API.markTag, code)
  expect(await settle(guard.retrying(() => guard.once(exchange)))).toBe(code)
  expect(exchange).toHaveBeenCalledTimes(1)
})

test('after five exchanges without an answer WeCom is left alone for ten seconds', async () => {
  const guard = createGuard(API.customer)
  const exchange = failing(API.customer, ...Array.from({ length: 5 }, () => -1000))
  for (let i = 0; i < 5; i++) await settle(guard.once(exchange))
  expect(await settle(guard.once(exchange))).toBe(-1000)
  expect(exchange).toHaveBeenCalledTimes(5)
  await vi.advanceTimersByTimeAsync(10_001)
  expect(await settle(guard.once(exchange))).toBe('ok')
})

test('refusals are answers: they open no breaker', async () => {
  const guard = createGuard(API.customer)
  const exchange = failing(API.customer, ...Array.from({ length: 20 }, () => 84061))
  for (let i = 0; i < 20; i++) await settle(guard.once(exchange))
  expect(await settle(guard.once(exchange))).toBe('ok')
})

test('a frequency limit silences the API for a minute, a second one for an hour', async () => {
  const guard = createGuard(API.customer)
  const exchange = failing(API.customer, 45009, 45009)
  expect(await settle(guard.once(exchange))).toBe(45009)
  await vi.advanceTimersByTimeAsync(59_000)
  expect(await settle(guard.once(exchange))).toBe(45009)
  expect(exchange).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(await settle(guard.once(exchange))).toBe(45009)
  expect(exchange).toHaveBeenCalledTimes(2)
  await vi.advanceTimersByTimeAsync(3_590_000)
  expect(await settle(guard.once(exchange))).toBe(45009)
  expect(exchange).toHaveBeenCalledTimes(2)
  await vi.advanceTimersByTimeAsync(20_000)
  expect(await settle(guard.once(exchange))).toBe('ok')
})

test('one limited API leaves the others alone', async () => {
  const limited = createGuard(API.customer)
  await settle(limited.once(failing(API.customer, 45009)))
  expect(await settle(createGuard(API.member).once(failing(API.member)))).toBe('ok')
})

test('the ticket quota is kept to eighty an hour, four fifths of what WeCom allows', async () => {
  const guard = createGuard(API.agentTicket)
  const exchange = failing(API.agentTicket)
  const outcomes: unknown[] = []
  for (let i = 0; i < 100; i++) outcomes.push(await settle(guard.once(exchange)))
  expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(80)
  expect(outcomes.slice(80)).toEqual(Array.from({ length: 20 }, () => 45009))
})

test('a full budget of ours is a brake, not a breaker: room comes back with time', async () => {
  const guard = createGuard(API.agentTicket)
  const exchange = failing(API.agentTicket)
  for (let i = 0; i < 81; i++) await settle(guard.once(exchange))
  await vi.advanceTimersByTimeAsync(3_700_000)
  expect(await settle(guard.once(exchange))).toBe('ok')
})

test('processes that share a database share the budget evenly', async () => {
  const guard = createGuard(API.agentTicket, () => 4)
  const outcomes: unknown[] = []
  for (let i = 0; i < 30; i++) outcomes.push(await settle(guard.once(failing(API.agentTicket))))
  expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(20)
  expect(guard.left()).toBe(0)
})

test('work in the background leaves a quarter of the budget to whoever waits', async () => {
  const guard = createGuard(API.agentTicket)
  const once = () => settle(guard.once(failing(API.agentTicket)))
  const background: unknown[] = []
  await inBackground(async () => {
    for (let i = 0; i < 80; i++) background.push(await once())
  })
  expect(background.filter((outcome) => outcome === 'ok')).toHaveLength(60)
  expect([await once(), guard.left()]).toEqual(['ok', 19])
})

test('while the address is not trusted one call a minute asks again; the others get its answer', async () => {
  const guard = createGuard(API.customer)
  const exchange = failing(API.customer, 60020, 60020)
  for (let i = 0; i < 5; i++) expect(await settle(guard.once(exchange))).toBe(60020)
  expect(exchange).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(60_001)
  expect(await settle(guard.once(exchange))).toBe(60020)
  expect(await settle(guard.once(exchange))).toBe(60020)
  expect(exchange).toHaveBeenCalledTimes(2)
  await vi.advanceTimersByTimeAsync(60_001)
  expect(await settle(guard.once(exchange))).toBe('ok')
})
