import { Refusal } from './refusal.ts'
import type { Faults } from './faults.ts'

const PER_MINUTE = 10_000
const PER_HOUR = 150_000
const TICKETS_PER_HOUR = 100
const WRONG_SECRETS_PER_HOUR = 2_000

/** Counters of one corp: calls per API and minute or hour, and the wrong secrets of each address. */
export function createLimits(faults: Faults, now: () => number) {
  const counts = new Map<string, { window: number; n: number }>()

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
      const hour = count(`${path} hour`, 3_600)
      const hourly = /ticket/.test(path) ? TICKETS_PER_HOUR : PER_HOUR
      if (minute > (faults.perMinute.get(path) ?? PER_MINUTE) || hour > hourly) throw new Refusal(45009)
    },
    /** A wrong secret counts against the address; past the limit the address is refused for the hour. */
    wrongSecret(ip: string): void {
      if (count(`secret ${ip}`, 3_600) > WRONG_SECRETS_PER_HOUR) throw new Refusal(45009)
    },
    reset: () => counts.clear(),
  }
}
export type Limits = ReturnType<typeof createLimits>
