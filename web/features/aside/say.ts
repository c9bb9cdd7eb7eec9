import { SHOP_MS } from '#shared/shop-time.ts'

/** Month and day in China: `11-24`. */
export const dayText = (instant: string): string =>
  new Date(new Date(instant).getTime() + SHOP_MS).toISOString().slice(5, 10)

/** A share in percent; nothing of what people will do is certain. */
export function shareText(share: number): string {
  const percent = Math.round(share * 100)
  if (percent > 99) return '>99%'
  return percent < 1 ? '<1%' : `${percent}%`
}
