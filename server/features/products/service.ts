import type { Aside } from '#shared/aside.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { type KnownOf, type KnownOrder, wordsOf } from '../preferences/service.ts'
import { confidence, cosine, lift, suggest } from './association.ts'
import { selectLearning, selectLinks, selectPopular, selectShown, selectStoreSellers, type Shown } from './queries.ts'
import type { HoldOut } from './tables.ts'

export { confidence, lift, logLikelihoodRatio, SIGNIFICANT } from './association.ts'
export { writeProducts } from './queries.ts'

/** With fewer buyers tried nothing is proved. */
const ENOUGH_CASES = 50
const LATELY = 3
const proved = (holdOut: HoldOut | null): boolean =>
  holdOut !== null && holdOut.cases >= ENOUGH_CASES && holdOut.hit > holdOut.popularityHit

/**
 * One product the customer never had that goes with what they bought lately, with why; the best-seller of the caller's store for who bought nothing yet. Never what was
 * refunded, is out of stock or was bought before. Absent where the shop's own hold-out does not beat popularity.
 */
export async function productOf(ctx: Ctx, { orders, denied }: KnownOf): Promise<Aside['product']> {
  const { holdOut } = await selectLearning(ctx.sql)
  const sales = orders.filter(({ kind }) => kind === 'sale')
  if (sales.length === 0) return orders.length === 0 ? await bestSeller(ctx) : undefined
  if (!proved(holdOut)) return undefined
  const owned = new Set(orders.flatMap(({ items }) => items.map(({ sku }) => sku)))
  const lately = bought(sales.slice(0, LATELY))
  const links = await selectLinks(ctx.sql, [...lately.keys()])
  const found = suggest(links, new Map([...lately.keys()].map((sku) => [sku, 1])), owned).slice(0, 10)
  const shown = new Map(
    (
      await selectShown(
        ctx.sql,
        found.map(({ sku }) => sku),
      )
    ).map((one) => [one.sku, one]),
  )
  const best = found.find(({ sku }) => shown.get(sku)?.inStock && !isDenied(shown.get(sku)!, denied))
  const link = best?.links[0]
  if (!best || !link) return undefined
  const from = lately.get(link.from)!
  return {
    ...cardOf(shown.get(best.sku)!),
    because: {
      name: from.name,
      orderId: from.orderId,
      at: from.at,
      together: link.both,
      confidence: confidence(link),
      lift: lift(link),
      cosine: cosine(link),
    },
  }
}

/** Somebody said that they do not like such a thing: its kind, colour, size or price. */
const isDenied = ({ name, priceFen }: Shown, denied: string[]): boolean =>
  wordsOf({ name, unitPriceFen: priceFen ?? 0 }).some(([kind, value]) => denied.includes(`${kind}:${value}`))

const cardOf = ({ sku, name, url, picture }: Shown, store: string | null = null) => ({ sku, name, url, picture, store })

function bought(orders: KnownOrder[]) {
  const skus = new Map<string, { name: string; orderId: string; at: string }>()
  for (const { id, at, items } of orders)
    for (const { sku, name } of items) if (!skus.has(sku)) skus.set(sku, { name, orderId: id, at })
  return skus
}

/** Nothing is known of them: what most people buy in this store, or in the shop where its orders name no store. Said as that. */
async function bestSeller(ctx: Ctx): Promise<Aside['product']> {
  const ofStore = await selectStoreSellers(ctx.sql, memberOf(ctx), 10)
  const popular = ofStore.length > 0 ? ofStore : await selectPopular(ctx.sql, 10)
  const shown = new Map(
    (
      await selectShown(
        ctx.sql,
        popular.map(({ sku }) => sku),
      )
    ).map((one) => [one.sku, one]),
  )
  const best = popular.map(({ sku }) => shown.get(sku)).find((one) => one?.inStock)
  return best && { ...cardOf(best, ofStore[0]?.store ?? null), because: null }
}
