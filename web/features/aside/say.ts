import { SHOP_MS } from '#shared/shop-time.ts'

/** Month and day in China: `11-24`. */
export const dayText = (instant: string): string =>
  new Date(new Date(instant).getTime() + SHOP_MS).toISOString().slice(5, 10)
