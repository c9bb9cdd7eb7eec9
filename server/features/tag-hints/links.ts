import { confidence, lift, logLikelihoodRatio, SIGNIFICANT } from '../products/service.ts'

/** What a customer has (`from`: `tag:ID`, or a word of their orders) with a tag that goes with it. Counts of customers: `both ≤ one, other ≤ people`. */
export interface Link {
  from: string
  tagId: string
  both: number
  one: number
  other: number
  people: number
}

const LEAST_BOTH = 5
const LEAST_LIFT = 1.5
/** Less than one in five, surely, and it is a guess. */
const LEAST_SURE = 0.2
/** 97.5 % point of the normal distribution. */
const Z = 1.96

/** Wilson's lower bound of a share (J. Am. Stat. Assoc. 22, 1927): few customers are less sure than many with the same share. */
export function surely(hits: number, of: number): number {
  if (of === 0) return 0
  const p = hits / of
  const spread = Z * Math.sqrt((p * (1 - p)) / of + (Z * Z) / (4 * of * of))
  return (p + (Z * Z) / (2 * of) - spread) / (1 + (Z * Z) / of)
}

/** What a link counts for: how many of the customers with the one have the tag, surely. */
export const strength = ({ both, one }: Pick<Link, 'both' | 'one'>): number => surely(both, one)

/** Five customers at least, half as often again as among all, not by luck (Dunning's G², 0.1 %), and no rarity. */
export function holds({ both, one, other, people }: Link): boolean {
  const pair = { both, one, other, orders: people }
  if (both < LEAST_BOTH || lift(pair) < LEAST_LIFT || strength(pair) < LEAST_SURE) return false
  return logLikelihoodRatio(both, one - both, other - both, people - one - other + both) > SIGNIFICANT
}

export const shareOf = ({ both, one, other, people }: Link) => ({
  share: confidence({ both, one, other, orders: people }),
  both,
  usual: other / people,
})

/** Tags by their strongest link, the most frequent of equals first. `never`: what is not to be suggested. */
export function rank(links: Iterable<Link>, never: (tagId: string) => boolean): Link[] {
  const best = new Map<string, Link>()
  for (const link of links) {
    if (never(link.tagId) || !holds(link)) continue
    const known = best.get(link.tagId)
    if (!known || strength(link) > strength(known)) best.set(link.tagId, link)
  }
  return [...best.values()].sort(
    (a, b) => strength(b) - strength(a) || b.other - a.other || (a.tagId < b.tagId ? -1 : 1),
  )
}
