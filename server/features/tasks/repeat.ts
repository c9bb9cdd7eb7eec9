import type { Repeat } from '#shared/task.ts'
import { DAY_MS, SHOP_MS } from '#shared/shop-time.ts'

/**
 * The next due moment after `now` at the same hour in China: what was missed is not made up for. A month without that day takes its last one.
 */
export function nextDue(due: Date, repeat: Repeat, now: Date): Date {
  let count = 0
  for (;;) {
    count++
    const next =
      repeat === 'monthly'
        ? monthsOn(due, count)
        : new Date(due.getTime() + count * DAY_MS * (repeat === 'daily' ? 1 : 7))
    if (next > now) return next
  }
}

function monthsOn(due: Date, count: number): Date {
  const there = new Date(due.getTime() + SHOP_MS)
  const day = there.getUTCDate()
  const first = new Date(there)
  first.setUTCDate(1)
  first.setUTCMonth(first.getUTCMonth() + count)
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(day, last))
  return new Date(first.getTime() - SHOP_MS)
}
