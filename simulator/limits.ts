import type { Faults } from './faults.ts'
import { Refusal } from './refusal.ts'

const PER_MINUTE = 10_000
const PER_HOUR = 150_000
const TICKETS_PER_HOUR = 100
const DEBUG_PER_MINUTE = 5
const WRONG_SECRETS = 2_000
const HOUR = 3_600

/** Counters of one corp: calls per API and minute or hour, and the wrong secrets of each address. `now` in seconds. */
export function createLimits(faults: Faults, now: () => number) {
  const counts = new Map<string, { window: number; n: number }>()
  const blockedUntil = new Map<string, number>()

  function count(key: string, seconds: number): number {
    const window = Math.floor(now() / seconds)
    const held = counts.get(key)
    const next = held?.window === window ? { window, n: held.n + 1 } : { window, n: 1 }
    counts.set(key, next)
    return next.n
  }

  return {
    /** 45009 once an API is over its minute or hour; the block ends with the window. */
    admit(path: string): void {
      const minute = count(`${path} minute`, 60)
      const hour = count(`${path} hour`, HOUR)
      const hourly = /ticket/.test(path) ? TICKETS_PER_HOUR : PER_HOUR
      if (minute > (faults.perMinute.get(path) ?? PER_MINUTE) || hour > hourly) throw new Refusal(45009)
    },
    /** `debug=1` is good for five calls a minute. */
    debug(): void {
      if (count('debug', 60) > DEBUG_PER_MINUTE) throw new Refusal(45009)
    },
    /** An address with too many wrong secrets gets no token for an hour, not even with the right one. */
    admitAddress(ip: string): void {
      if ((blockedUntil.get(ip) ?? 0) > now()) throw new Refusal(45009)
    },
    wrongSecret(ip: string): void {
      if (count(`secret ${ip}`, HOUR) >= WRONG_SECRETS) blockedUntil.set(ip, now() + HOUR)
    },
    reset(): void {
      counts.clear()
      blockedUntil.clear()
    },
  }
}
export type Limits = ReturnType<typeof createLimits>
