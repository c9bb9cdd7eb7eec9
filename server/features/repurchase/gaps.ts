import { DAY_MS, SHOP_MS } from '#shared/shop-time.ts'

/** What usually lies between two purchases of a kind of thing, in days, over all buyers. */
export interface Usual {
  median: number
  /** Median absolute deviation from it. */
  mad: number
}

/** The day of China's calendar, counted from 1970. */
export const dayNumber = (at: Date | number): number => Math.floor((Number(at) + SHOP_MS) / DAY_MS)

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

/** Median absolute deviation: how far a gap usually is from the middle one, whatever the outliers (Hampel 1974). */
export const madOf = (values: readonly number[], middle = median(values)): number =>
  median(values.map((value) => Math.abs(value - middle)))

/** Days between purchases on different days. `days` in any order. */
export function gapsOf(days: readonly number[]): number[] {
  const sorted = [...new Set(days)].sort((a, b) => a - b)
  return sorted.slice(1).map((day, i) => day - sorted[i]!)
}

/** The category counts as two purchases of one's own: an empirical-Bayes shrinkage with a prior weight of two. */
const PRIOR = 2
/** From this many gaps of one's own they say how regular the buyer is. */
const OWN_SPREAD = 3

/**
 * (n · own median + 2 · category median) / (n + 2), ± the median absolute deviation: the buyer's own from three gaps on, the category's before. In days.
 * undefined without a gap of one's own: then it is not known that this buyer buys such a thing again.
 */
export function nextGap(own: readonly number[], usual: Usual): { days: number; spread: number } | undefined {
  if (own.length === 0) return undefined
  const days = (own.length * median(own) + PRIOR * usual.median) / (own.length + PRIOR)
  return { days, spread: own.length >= OWN_SPREAD ? madOf(own) : usual.mad }
}

const LONGEST = 4_000

/** Counts of whole days, of which medians are read without keeping every gap. Only days that occurred take room: a shop may have thousands of categories. */
export class Histogram {
  readonly #counts = new Map<number, number>()
  total = 0
  add(days: number): void {
    const at = Math.min(days, LONGEST)
    this.#counts.set(at, (this.#counts.get(at) ?? 0) + 1)
    this.total += 1
  }
  usual(): Usual | undefined {
    if (this.total === 0) return undefined
    const middle = this.#middle(this.#counts)
    const away = new Map<number, number>()
    for (const [days, count] of this.#counts) {
      const far = Math.abs(days - middle)
      away.set(far, (away.get(far) ?? 0) + count)
    }
    return { median: middle, mad: this.#middle(away) }
  }
  #middle(counts: ReadonlyMap<number, number>): number {
    const sorted = [...counts].sort((a, b) => a[0] - b[0])
    const at = (rank: number) => {
      let seen = 0
      for (const [days, count] of sorted) {
        seen += count
        if (seen > rank) return days
      }
      return 0
    }
    return (at((this.total - 1) >> 1) + at(this.total >> 1)) / 2
  }
}
