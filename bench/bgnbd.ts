import { expectedPurchases, type Parameters, probabilityAlive } from '../server/features/repurchase/bgnbd.ts'
import { type Buyers, columns, type Fit, fitBgnbd } from '../server/features/repurchase/fit.ts'
import { simulate } from '../server/features/repurchase/simulate.ts'
import { hasRetail, readRetail, type RetailLine } from './lib/retail.ts'
import { readSummary } from './lib/summary.ts'
import { type Figures, round, type Row } from './lib/table.ts'
import type { Options } from './run.ts'

const CDNOW: Parameters = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }

/** BG/NBD: `--summary FILE` (columns x, t_x, T) is fitted alone. Otherwise the published example, recovery, the real shop, and a million buyers. */
export async function measure({ small, value }: Options): Promise<Figures[]> {
  const file = value('summary')
  if (file !== undefined) {
    const { buyers, skipped } = readSummary(file)
    const about = `fit of ${file}${skipped > 0 ? `; ${skipped} lines without numbers left out` : ''}`
    return [{ name: 'bgnbd', about, rows: [rowOf(file.split('/').at(-1)!, buyers)] }]
  }
  const many = small ? 10_000 : 1_000_000
  const figures: Figures[] = [published(), recovery(small ? 5_000 : 50_000)]
  figures.push({
    name: 'bgnbd, many',
    about: `${many} buyers drawn from the published estimates, observed for 39 to 78 weeks`,
    rows: [rowOf('simulated', simulate(CDNOW, many, { seed: 1, weeks: 78 }))],
  })
  if (hasRetail()) figures.push(await shop())
  else console.error('bgnbd on the real shop skipped: there is no ../shared/data/online-retail.csv.gz')
  return figures
}

function rowOf(data: string, buyers: Buyers): Row {
  const began = performance.now()
  const fit = fitBgnbd(buyers)
  const seconds = (performance.now() - began) / 1000
  return { data, ...said(fit), seconds: round(seconds, 2) }
}

const said = (fit: Fit): Row => ({
  buyers: fit.buyers,
  r: Number(fit.r.toPrecision(7)),
  alpha: Number(fit.alpha.toPrecision(7)),
  a: Number(fit.a.toPrecision(7)),
  b: Number(fit.b.toPrecision(7)),
  logLikelihood: round(fit.logLikelihood, 4),
  iterations: fit.iterations,
  converged: String(fit.converged),
  gradient: fit.gradient.toExponential(1),
  degenerate: String(fit.degenerate),
})

function published(): Figures {
  const buyer = { x: 2, tx: 30.43, t: 38.86 }
  return {
    name: 'bgnbd, published example',
    about: 'r .243, alpha 4.414, a .793, b 2.426; x 2, t_x 30.43, T 38.86',
    rows: [
      { figure: 'P(alive)', here: round(probabilityAlive(CDNOW, buyer), 4), published: 0.7266 },
      { figure: 'E[Y(39)]', here: round(expectedPurchases(CDNOW, buyer, 39), 4), published: 1.226 },
    ],
  }
}

/** Ten draws: how far the estimates fall from what the buyers were drawn from. */
function recovery(count: number): Figures {
  const fits = Array.from({ length: 10 }, (_, seed) => fitBgnbd(simulate(CDNOW, count, { seed: seed + 1, weeks: 78 })))
  const rows = (['r', 'alpha', 'a', 'b'] as const).map((name) => {
    const values = fits.map((fit) => fit[name])
    const mean = values.reduce((sum, one) => sum + one, 0) / values.length
    return {
      parameter: name,
      truth: CDNOW[name],
      mean: round(mean, 4),
      least: round(Math.min(...values), 4),
      most: round(Math.max(...values), 4),
    }
  })
  const converged = fits.filter((fit) => fit.converged).length
  return { name: 'bgnbd, recovery', about: `10 draws of ${count} buyers, ${converged} of 10 fits converged`, rows }
}

/** The real shop: fitted on its first nine months, asked for the last three. Time in weeks; days of purchase, as the paper counts them. */
async function shop(): Promise<Figures> {
  const days = daysOf(await readRetail())
  const all = [...days.values()].flat()
  const [first, last] = [all.reduce((a, b) => Math.min(a, b)), all.reduce((a, b) => Math.max(a, b))]
  const cut = Math.round(first + (last - first) * 0.75)
  const seen = [...days.values()].filter((own) => own[0]! <= cut)
  const buyers = seen.map((own) => {
    const before = own.filter((day) => day <= cut)
    return { x: before.length - 1, tx: (before.at(-1)! - before[0]!) / 7, t: (cut - before[0]!) / 7 }
  })
  const began = performance.now()
  const fit = fitBgnbd(columns(buyers))
  const seconds = (performance.now() - began) / 1000
  const ahead = (last - cut) / 7
  const bought = seen.map((own) => own.filter((day) => day > cut).length)
  const expected = buyers.map((buyer) => expectedPurchases(fit, buyer, ahead))
  const same = buyers.map(({ x, t }) => (t > 0 ? (x / t) * ahead : 0))
  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0)
  const error = (guess: number[], power: 1 | 2) =>
    round(sum(guess.map((value, i) => Math.abs(value - bought[i]!) ** power)) / bought.length, 4)
  return {
    name: 'bgnbd, the real shop',
    about: `online-retail: fitted on the days up to ${new Date(cut * 86_400_000).toISOString().slice(0, 10)}, purchases of the ${round(ahead, 1)} weeks after`,
    rows: [
      {
        ...said(fit),
        seconds: round(seconds, 2),
        bought: sum(bought),
        expected: round(sum(expected)),
        'error a buyer': error(expected, 1),
        'of “as often as before”': error(same, 1),
        squared: error(expected, 2),
        'squared, “as often as before”': error(same, 2),
      },
    ],
  }
}

function daysOf(lines: RetailLine[]): Map<string, number[]> {
  const days = new Map<string, Set<number>>()
  for (const { buyer, day, quantity } of lines) {
    if (quantity <= 0) continue
    const own = days.get(buyer) ?? new Set<number>()
    days.set(buyer, own.add(day))
  }
  return new Map([...days].map(([buyer, own]) => [buyer, [...own].sort((a, b) => a - b)]))
}
