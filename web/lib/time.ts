import { DAY_MS, SHOP_MS } from '#shared/shop-time.ts'

/** Postgres' and ISO forms alike. */
export const toDate = (instant: string): Date => new Date(instant.replace(' ', 'T'))

/** `2026-11-10T10:42:07`, by the shop's clock. */
const onTheClock = (instant: string | Date): string =>
  new Date((typeof instant === 'string' ? toDate(instant) : instant).getTime() + SHOP_MS).toISOString().slice(0, 19)

/** `2026-11-10 10:42:07`, where the exact time matters. */
export const second = (instant: string): string => onTheClock(instant).replace('T', ' ')

/** `2026-11-10`, as shops in China write it. */
export const day = (instant: string | Date): string => onTheClock(instant).slice(0, 10)

/** Today the hour (`10:42`), this year `11-10`, earlier `2025-11-10`. */
export function moment(instant: string, now = new Date()): string {
  const [then, today] = [day(instant), day(now)]
  if (then === today) return onTheClock(instant).slice(11, 16)
  return then.slice(0, 4) === today.slice(0, 4) ? then.slice(5) : then
}

/** Whole days between two calendar days in the shop's time zone; 0 today. */
export function daysSince(instant: string, now = new Date()): number {
  return Math.round((Date.parse(day(now)) - Date.parse(day(instant))) / DAY_MS)
}

/** The last twelve calendar months up to `now`, oldest first, as `YYYY-MM`. */
export function lastTwelveMonths(now = new Date()): string[] {
  const [year = 0, month = 0] = day(now).split('-').map(Number)
  return Array.from({ length: 12 }, (_, i) => {
    const at = year * 12 + (month - 1) - (11 - i)
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
  })
}
