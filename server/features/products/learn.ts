import type { Ctx } from '#server/context.ts'
import { type Link, suggest, WHOLESALE } from './association.ts'
import {
  countOrders,
  forgetCounts,
  selectLearning,
  selectLinks,
  selectPopular,
  selectTried,
  writeHoldOut,
} from './queries.ts'
import type { HoldOut } from './tables.ts'

/** The more at once, the fewer times a usual pair is written; some ten megabytes of lines. */
const BATCH = 20_000
const TRIED = 1_000
const TOP = 3

/** Takes in what was ordered since the last time and tries the counts again. */
export async function learnProducts(ctx: Ctx): Promise<void> {
  let { lastOrderId } = await selectLearning(ctx.sql)
  for (;;) {
    const place = await countOrders(ctx.sql, lastOrderId, BATCH, WHOLESALE)
    if (place === null) break
    lastOrderId = place
  }
  await writeHoldOut(ctx.sql, await tryOut(ctx), ctx.now())
}

/** Orders that were changed, taken back or deleted leave the counts when all is counted anew, once a week. */
export async function learnProductsAnew(ctx: Ctx): Promise<void> {
  await ctx.sql.begin((tx) => forgetCounts(tx))
  await learnProducts(ctx)
}

/** Leave-last-out over some buyers: the last order is taken out of the counts it is foretold from. Only what they never had counts as found. */
async function tryOut(ctx: Ctx): Promise<HoldOut> {
  const buyers = await selectTried(ctx.sql, TRIED)
  const popular = (await selectPopular(ctx.sql, 50)).map(({ sku }) => sku)
  const found: HoldOut = { cases: 0, hit: 0, popularityHit: 0 }
  for (const { orders } of buyers) {
    const [last = [], ...before] = orders
    const mine = new Map(before.flat().map((sku) => [sku, 1]))
    const wanted = new Set(last.filter((sku) => !mine.has(sku)))
    if (mine.size === 0 || wanted.size === 0 || last.length > WHOLESALE) continue
    const links = without(await selectLinks(ctx.sql, [...mine.keys()]), new Set(last))
    const ranked = suggest(links, mine, new Set(mine.keys())).map(({ sku }) => sku)
    const usual = popular.filter((sku) => !mine.has(sku))
    const hit = (skus: string[]) => Number(skus.slice(0, TOP).some((sku) => wanted.has(sku)))
    found.cases += 1
    found.hit += hit(ranked)
    found.popularityHit += hit(usual)
  }
  return found
}

/** The same counts as if that one order had not been. */
const without = (links: Link[], last: ReadonlySet<string>): Link[] =>
  links.map((link) => {
    const [one, other] = [Number(last.has(link.from)), Number(last.has(link.to))]
    return {
      ...link,
      both: link.both - one * other,
      one: link.one - one,
      other: link.other - other,
      orders: link.orders - 1,
    }
  })
