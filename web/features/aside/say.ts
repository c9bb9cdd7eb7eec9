import type { Taste } from '#shared/tastes.ts'
import { BANDS } from '#shared/tastes.ts'
import { SHOP_MS } from '#shared/shop-time.ts'
import { t } from './messages.ts'

/** Month and day in China: `11-24`. */
export const dayText = (instant: string): string =>
  new Date(new Date(instant).getTime() + SHOP_MS).toISOString().slice(5, 10)

/** What is liked, in words. */
export function tasteText({ kind, value }: Pick<Taste, 'kind' | 'value'>): string {
  const band = kind === 'band' ? BANDS[Number(value)] : undefined
  if (!band) return value
  return band[1] === null ? t('bandFrom', { from: band[0] }) : t('bandTo', { from: band[0], to: band[1] })
}
