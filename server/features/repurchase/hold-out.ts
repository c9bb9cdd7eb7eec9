import { expectedPurchases, type Summary } from './bgnbd.ts'
import { columns, fitBgnbd } from './fit.ts'

/** How far purchases of the days held out were from what was expected: mean squared errors, the score that a true expectation makes least (Gneiting 2011). */
export interface HeldOut {
  cases: number
  ours: number
  /** “As often as before”: x / T · ahead. */
  before: number
}

const AHEAD_DAYS = 90
/** Enough to tell; a million would tell no more. */
const MOST = 50_000
const LEAST = 50

/** The last 90 days are held out: buyers as they were known before, and how often they bought since. */
export class HoldOut {
  readonly #cut: number
  readonly #buyers: Summary[] = []
  readonly #later: number[] = []

  /** `today`: the day of China's calendar, counted from 1970. */
  constructor(today: number) {
    this.#cut = today - AHEAD_DAYS
  }

  /** The days on which one buyer bought, in any order. */
  add(bought: readonly number[]): void {
    const days = [...new Set(bought)].sort((a, b) => a - b)
    const first = days[0]
    if (first === undefined || first >= this.#cut || this.#buyers.length >= MOST) return
    const before = days.filter((day) => day <= this.#cut)
    this.#buyers.push({ x: before.length - 1, tx: before.at(-1)! - first, t: this.#cut - first })
    this.#later.push(days.length - before.length)
  }

  /** undefined: too few to tell. A fit that ends nowhere foretells nothing: Infinity. */
  finish(): HeldOut | undefined {
    const cases = this.#buyers.length
    if (cases < LEAST) return undefined
    const fit = fitBgnbd(columns(this.#buyers))
    let [ours, before] = [0, 0]
    for (const [at, buyer] of this.#buyers.entries()) {
      const later = this.#later[at]!
      ours += (expectedPurchases(fit, buyer, AHEAD_DAYS) - later) ** 2
      before += ((buyer.x / buyer.t) * AHEAD_DAYS - later) ** 2
    }
    return { cases, ours: fit.degenerate || !Number.isFinite(ours) ? Infinity : ours / cases, before: before / cases }
  }
}
