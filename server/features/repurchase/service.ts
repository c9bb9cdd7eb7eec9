import type { Aside } from '#shared/aside.ts'
import { DAY_MS, SHOP_MS } from '#shared/shop-time.ts'
import type { Ctx } from '#server/context.ts'
import { type KnownOf, productWords } from '../preferences/service.ts'
import { expectedPurchases, probabilityAlive } from './bgnbd.ts'
import { dayNumber, gapsOf, nextGap } from './gaps.ts'
import { selectGaps } from './queries.ts'

const instantOf = (day: number): string => new Date(day * DAY_MS - SHOP_MS).toISOString()
/** Longer past than twice its spread (two weeks at least) and nobody expects it any more. */
const PATIENCE_DAYS = 14

/** When this customer will likely want each kind of thing again, the soonest first. Silent where nothing is known or nothing was proved. */
export async function repurchaseOf(ctx: Ctx, { orders, denied }: KnownOf): Promise<NonNullable<Aside['repurchase']>> {
  const bought = new Map<string, { days: Set<number>; last: { orderId: string; name: string; day: number } }>()
  for (const { id, at, kind, items } of orders) {
    if (kind !== 'sale') continue
    const day = dayNumber(new Date(at))
    for (const { name } of items) {
      const { category } = productWords(name)
      const known = bought.get(category) ?? { days: new Set<number>(), last: { orderId: id, name, day } }
      bought.set(category, known)
      known.days.add(day)
    }
  }
  const repeated = [...bought].filter(([kind, { days }]) => days.size > 1 && !denied.includes(`category:${kind}`))
  const usual = await selectGaps(
    ctx.sql,
    repeated.map(([category]) => category),
  )
  const today = dayNumber(ctx.now())
  return repeated
    .flatMap(([category, { days, last }]) => {
      const known = usual.get(category)
      const own = gapsOf([...days])
      const next = known && nextGap(own, known)
      if (!next) return []
      const [from, until] = [
        last.day + Math.floor(next.days - next.spread),
        last.day + Math.ceil(next.days + next.spread),
      ]
      if (until + Math.max(PATIENCE_DAYS, 2 * next.spread) < today) return []
      const due: 'now' | 'later' = from <= today ? 'now' : 'later'
      return [
        {
          category,
          from: instantOf(from),
          until: instantOf(until),
          due,
          gapDays: Math.round(next.days),
          spreadDays: Math.round(next.spread),
          gaps: own.length,
          lastAt: instantOf(last.day),
          orderId: last.orderId,
          name: last.name,
        },
      ]
    })
    .sort((a, b) => (a.from < b.from ? -1 : 1))
    .slice(0, 3)
}

/** P(alive) and purchases of the next 90 days, for who bought more than once; undefined where the shop's data know nothing of leaving. */
export function standingOf(ctx: Ctx, { orders, fit }: KnownOf): Aside['standing'] {
  const days = [
    ...new Set(orders.filter(({ kind }) => kind === 'sale').map(({ at }) => new Date(at).getTime() / DAY_MS)),
  ].sort((a, b) => a - b)
  const [first, last] = [days[0], days.at(-1)]
  if (!fit || first === undefined || last === undefined || days.length < 2) return undefined
  const buyer = {
    x: days.length - 1,
    tx: last - first,
    t: Math.max(last - first, ctx.now().getTime() / DAY_MS - first),
  }
  const alive = probabilityAlive(fit, buyer)
  const expected = expectedPurchases(fit, buyer, 90)
  return Number.isFinite(expected) ? { alive, expected } : undefined
}
