import type { Quiet } from '#shared/quiet.ts'
import { SHOP_MS } from '#shared/shop-time.ts'

const DAY_MIN = 1_440

/** The moment itself, or the end of the quiet hours it falls into. China has kept UTC+8 all year since 1991. */
export function afterQuiet(at: Date, quiet: Quiet | undefined): Date {
  if (!quiet || quiet.from === quiet.until) return at
  const minute = Math.floor((at.getTime() + SHOP_MS) / 60_000) % DAY_MIN
  const spans = quiet.from > quiet.until
  const within = spans ? minute >= quiet.from || minute < quiet.until : minute >= quiet.from && minute < quiet.until
  if (!within) return at
  const wait = (quiet.until - minute + DAY_MIN) % DAY_MIN
  return new Date(Math.floor(at.getTime() / 60_000) * 60_000 + wait * 60_000)
}
