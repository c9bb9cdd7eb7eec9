import type { CustomerId } from '#shared/ids.ts'
import type { Taste } from '#shared/tastes.ts'
import { DAY_MS, SHOP_MS } from '#shared/shop-time.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { noSuchCustomer } from '#server/errors.ts'
import { type KnownOf, type KnownOrder, selectHistory, writeDenial } from './queries.ts'
import { readTastes, rhythmIn, ROWS } from './read.ts'

export { type KnownOf, type KnownOrder, writeTastes } from './queries.ts'
export { productWords, readTastes, rhythmIn, wordsOf } from './read.ts'

/** What was bought and said, once for all parts of the aside. 404 for a customer who is not the caller's. */
export async function historyOf(ctx: Ctx, customerId: CustomerId): Promise<KnownOf> {
  const known = await selectHistory(ctx.sql, customerId, memberOf(ctx))
  if (!known) throw noSuchCustomer()
  return known
}

export function tastesOf({ orders, notes, denied }: KnownOf): Taste[] {
  const lines = orders.flatMap(({ id, at, items }) => items.map((item) => ({ orderId: id, at, ...item })))
  const tastes = readTastes(lines, notes, new Set(denied))
  const rhythm = rhythmOf(orders)
  return rhythm && !denied.includes(rhythm.word) ? [...tastes, rhythm] : tastes
}

/** How often they buy, with the purchases it was read from. */
function rhythmOf(orders: KnownOrder[]): Taste | undefined {
  const sales = orders.filter(({ kind }) => kind === 'sale')
  const found = rhythmIn(sales.map(({ at }) => Math.floor((Date.parse(at) + SHOP_MS) / DAY_MS)))
  if (!found) return undefined
  const rows = sales
    .slice(0, ROWS)
    .map(({ id, at, items }) => ({ source: 'order' as const, id, at, text: items[0]?.name ?? '' }))
  const { value, days, gaps } = found
  return { word: `rhythm:${value}`, kind: 'rhythm', value, count: gaps, days, rows }
}

export async function denyTaste(
  ctx: Ctx,
  { customerId, word, denied }: { customerId: CustomerId; word: string; denied: boolean },
) {
  if (!(await writeDenial(ctx.sql, { customerId, userId: memberOf(ctx), word, denied }, ctx.now())))
    throw noSuchCustomer()
  return { ok: true as const }
}
