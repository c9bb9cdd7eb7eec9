/** How often two products were in the same order, beside how often each was in any. `both ≤ one, other ≤ orders`. */
export interface Together {
  both: number
  one: number
  other: number
  orders: number
}

/** Share of all orders that hold both (Agrawal & Srikant 1994). */
export const support = ({ both, orders }: Together): number => both / orders
/** Share of the orders with the one that hold the other too. */
export const confidence = ({ both, one }: Together): number => both / one
/** How many times more often together than chance would have it. */
export const lift = ({ both, one, other, orders }: Together): number => (both * orders) / (one * other)
/** Cosine of the two columns of orders: what candidates are ranked by (Sarwar et al. 2001). */
export const cosine = ({ both, one, other }: Together): number => both / Math.sqrt(one * other)

const xLogX = (value: number): number => (value > 0 ? value * Math.log(value) : 0)

/**
 * Dunning's log-likelihood ratio G² of a two by two table (Computational Linguistics 19(1), 1993): both, only the one, only the other, neither.
 * Distributed as χ² with one degree of freedom where the two have nothing to do with each other.
 */
export function logLikelihoodRatio(k11: number, k12: number, k21: number, k22: number): number {
  const entropy = (...counts: number[]) =>
    xLogX(counts.reduce((sum, k) => sum + k, 0)) - counts.reduce((sum, k) => sum + xLogX(k), 0)
  const rows = entropy(k11 + k12, k21 + k22)
  const columns = entropy(k11 + k21, k12 + k22)
  return Math.max(0, 2 * (rows + columns - entropy(k11, k12, k21, k22)))
}

/** The 0.1 % point of χ² with one degree of freedom. */
export const SIGNIFICANT = 10.83
const LEAST_ORDERS = 3

/** Bought together on purpose: three orders at least, more often than by chance, and not by luck. */
export function belong(pair: Together): boolean {
  const { both, one, other, orders } = pair
  if (both < LEAST_ORDERS || lift(pair) <= 1) return false
  return logLikelihoodRatio(both, one - both, other - both, orders - one - other + both) > SIGNIFICANT
}

/** A product of the customer's with one that goes with it. */
export interface Link extends Together {
  from: string
  to: string
}

export interface Suggestion {
  sku: string
  score: number
  /** What it rests on: the strongest first. */
  links: Link[]
}

/**
 * Products that go with what somebody bought, by the sum of cosines over what they own. `mine`: how often each was bought; those in `never`
 * (refunded, out of stock, just bought) are left out. Ties go to the more usual one, then by sku.
 */
export function suggest(
  links: readonly Link[],
  mine: ReadonlyMap<string, number>,
  never: ReadonlySet<string>,
): Suggestion[] {
  const found = new Map<string, Suggestion & { usual: number }>()
  for (const link of links) {
    if (never.has(link.to) || !mine.has(link.from) || !belong(link)) continue
    const one = found.get(link.to) ?? { sku: link.to, score: 0, links: [], usual: link.other }
    one.score += cosine(link)
    one.links.push(link)
    found.set(link.to, one)
  }
  return [...found.values()]
    .sort((a, b) => b.score - a.score || b.usual - a.usual || (a.sku < b.sku ? -1 : 1))
    .map(({ usual: _, ...one }) => ({ ...one, links: one.links.sort((a, b) => cosine(b) - cosine(a)) }))
}

/** Counts of products and of pairs over orders that come one after the other. What was taken in is never gone through again. */
export class Baskets {
  orders = 0
  readonly counts = new Map<string, number>()
  readonly pairs = new Map<string, Map<string, number>>()

  /** `skus`: the different products of one order. An order of very many says nothing about what goes together. */
  add(skus: readonly string[]): void {
    this.orders += 1
    for (const sku of skus) this.counts.set(sku, (this.counts.get(sku) ?? 0) + 1)
    if (skus.length > WHOLESALE) return
    for (const one of skus) {
      const row = this.pairs.get(one) ?? new Map<string, number>()
      this.pairs.set(one, row)
      for (const other of skus) if (other !== one) row.set(other, (row.get(other) ?? 0) + 1)
    }
  }

  links(from: string): Link[] {
    const one = this.counts.get(from) ?? 0
    return [...(this.pairs.get(from) ?? [])].map(([to, both]) => ({
      from,
      to,
      both,
      one,
      other: this.counts.get(to)!,
      orders: this.orders,
    }))
  }

  popular(): string[] {
    return [...this.counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([sku]) => sku)
  }
}

/** Orders with more different products are a shop's, not a person's. */
export const WHOLESALE = 100
