import { mulberry } from './simulate.ts'
import { Histogram, nextGap, type Usual } from './gaps.ts'

/** Mean absolute errors in days over the last gap of every buyer who has at least two. */
export interface Backtest {
  cases: number
  ours: number
  category: number
  last: number
}
export interface CategoryGaps extends Usual {
  category: string
  gaps: number
  backtest: Backtest
  /** No worse than the category's median and than “same as last time”, on enough buyers. */
  shown: boolean
}

/** With fewer the shop as a whole decides. */
const ENOUGH = 30
const MOST_CASES = 5_000

interface Case {
  earlier: readonly number[]
  last: number
}

/** Takes in every buyer's gaps by category; `finish` answers what is usual, and whether the estimate proves itself. */
export class GapBook {
  readonly #dice = mulberry(1)
  readonly #all = new Map<string, Histogram>()
  readonly #earlier = new Map<string, Histogram>()
  readonly #cases = new Map<string, { seen: number; cases: Case[] }>()

  /** The gaps of one buyer within one category, oldest first. */
  add(category: string, gaps: readonly number[]): void {
    const all = at(this.#all, category, () => new Histogram())
    for (const gap of gaps) all.add(gap)
    if (gaps.length < 2) return
    const earlier = gaps.slice(0, -1)
    const before = at(this.#earlier, category, () => new Histogram())
    for (const gap of earlier) before.add(gap)
    this.#keep(
      at(this.#cases, category, () => ({ seen: 0, cases: [] })),
      { earlier, last: gaps.at(-1)! },
    )
  }

  /** A sample of equal chances once there are many (Vitter 1985, algorithm R), the same for the same buyers: a million of them fit into memory. */
  #keep(known: { seen: number; cases: Case[] }, one: Case): void {
    known.seen += 1
    const place = known.seen <= MOST_CASES ? known.cases.length : Math.floor(this.#dice() * known.seen)
    if (place < MOST_CASES) known.cases[place] = one
  }

  /** Categories with their usual gap, and the backtest over all of them. Each last gap was foretold from the gaps before it, own and others'. */
  finish(): { categories: CategoryGaps[]; all: Backtest } {
    const sums = new Map<string, Backtest>()
    const all: Backtest = { cases: 0, ours: 0, category: 0, last: 0 }
    for (const [category, { cases }] of this.#cases) {
      const usual = this.#earlier.get(category)!.usual()!
      const sum = at(sums, category, () => ({ cases: 0, ours: 0, category: 0, last: 0 }))
      for (const { earlier, last } of cases) {
        const errors = {
          cases: 1,
          ours: Math.abs(nextGap(earlier, usual)!.days - last),
          category: Math.abs(usual.median - last),
          last: Math.abs(earlier.at(-1)! - last),
        }
        for (const target of [sum, all])
          for (const key of ['cases', 'ours', 'category', 'last'] as const) target[key] += errors[key]
      }
    }
    const whole = mean(all)
    const categories = [...this.#all].map(([category, histogram]) => {
      const backtest = mean(sums.get(category) ?? { cases: 0, ours: 0, category: 0, last: 0 })
      const judge = backtest.cases >= ENOUGH ? backtest : whole
      const shown = judge.cases >= ENOUGH && judge.ours <= judge.category && judge.ours <= judge.last
      return { category, gaps: histogram.total, ...histogram.usual()!, backtest, shown }
    })
    return { categories: categories.filter(({ gaps }) => gaps > 0), all: whole }
  }
}

const mean = ({ cases, ours, category, last }: Backtest): Backtest =>
  cases === 0
    ? { cases, ours, category, last }
    : { cases, ours: ours / cases, category: category / cases, last: last / cases }

function at<V>(map: Map<string, V>, key: string, make: () => V): V {
  const found = map.get(key) ?? make()
  map.set(key, found)
  return found
}
