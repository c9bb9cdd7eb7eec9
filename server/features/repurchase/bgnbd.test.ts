import { describe, expect, test } from 'vitest'
import { expectedPurchases, type Parameters, probabilityAlive } from './bgnbd.ts'
import { columns, fitBgnbd } from './fit.ts'
import { digamma, logGamma, logHypergeometric } from './gamma.ts'
import { simulate } from './simulate.ts'

const CDNOW: Parameters = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }

describe('the functions it stands on', () => {
  test('ln Γ agrees with factorials, with Γ(½) = √π, and near nought and far out', () => {
    expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 12)
    expect(logGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 13)
    expect(logGamma(1e-8)).toBeCloseTo(-Math.log(1e-8), 7)
    expect(logGamma(1e6) / 12_815_504.569_147_6).toBeCloseTo(1, 13)
  })

  test('ψ(1) is minus Euler’s constant, and ψ is the slope of ln Γ', () => {
    expect(digamma(1)).toBeCloseTo(-0.577_215_664_901_532_9, 12)
    for (const x of [0.02, 0.7, 3.3, 40]) {
      const h = x * 1e-5
      expect(digamma(x)).toBeCloseTo((logGamma(x + h) - logGamma(x - h)) / (2 * h), 4)
    }
  })

  test('₂F₁ agrees with closed forms and does not overflow', () => {
    // (1 − z)^−a, and −ln(1 − z) / z.
    expect(logHypergeometric(1.7, 2, 2, 0.9)).toBeCloseTo(-1.7 * Math.log(0.1), 11)
    expect(Math.exp(logHypergeometric(1, 1, 2, 0.999))).toBeCloseTo(-Math.log(0.001) / 0.999, 9)
    expect(logHypergeometric(900, 3, 3, 0.9)).toBeCloseTo(-900 * Math.log(0.1), 8)
    expect(() => logHypergeometric(1, 1, 1, 1)).toThrow(RangeError)
  })
})

describe('one buyer', () => {
  const buyer = { x: 2, tx: 30.43, t: 38.86 }

  test('the published example: still there with 0.7266, and 1.2260 purchases in 39 weeks', () => {
    expect(probabilityAlive(CDNOW, buyer)).toBeCloseTo(0.7266, 4)
    expect(expectedPurchases(CDNOW, buyer, 39)).toBeCloseTo(1.226, 4)
  })

  test('who never bought again is still there by this model; who bought often and stopped is not', () => {
    expect(probabilityAlive(CDNOW, { x: 0, tx: 0, t: 38.86 })).toBe(1)
    expect(probabilityAlive(CDNOW, { x: 20, tx: 10, t: 38.86 })).toBeLessThan(1e-6)
  })

  test('expectation is smooth where a is one, and nought for no time', () => {
    const at = (a: number) => expectedPurchases({ ...CDNOW, a }, buyer, 39)
    expect(at(1)).toBeCloseTo((at(0.999) + at(1.001)) / 2, 5)
    expect(expectedPurchases(CDNOW, buyer, 0)).toBe(0)
    const never = (b: number) => expectedPurchases({ r: 0.3, alpha: 5, a: 0.4, b }, { x: 0, tx: 0, t: 20 }, 30)
    expect(never(0.6)).toBeCloseTo((never(0.5999) + never(0.6001)) / 2, 6)
    expect(never(0.3)).toBeGreaterThan(0)
  })
})

describe('fitting', () => {
  test('finds the parameters 20,000 made-up buyers were drawn from', () => {
    const fit = fitBgnbd(simulate(CDNOW, 20_000, { seed: 7, weeks: 78 }))
    expect(fit.converged).toBe(true)
    expect(fit).toMatchObject({ degenerate: false })
    expect(fit.gradient).toBeLessThan(1e-8)
    for (const name of ['r', 'alpha', 'a', 'b'] as const)
      expect(Math.abs(Math.log(fit[name] / CDNOW[name]))).toBeLessThan(0.15)
  })

  test('the unit of time changes alpha and nothing else that matters', () => {
    const weeks = simulate(CDNOW, 3_000, { seed: 3, weeks: 60 })
    const days = { x: weeks.x, tx: weeks.tx.map((v) => v * 7), t: weeks.t.map((v) => v * 7) }
    const [inWeeks, inDays] = [fitBgnbd(weeks), fitBgnbd(days)]
    expect(inDays.alpha / inWeeks.alpha).toBeCloseTo(7, 5)
    expect(inDays.r).toBeCloseTo(inWeeks.r, 6)
    const repeats = weeks.x.reduce((sum, x) => sum + x, 0)
    expect(inDays.logLikelihood).toBeCloseTo(inWeeks.logLikelihood - repeats * Math.log(7), 4)
  })

  test('no better point lies beside the one it found', () => {
    const buyers = simulate(CDNOW, 2_000, { seed: 5, weeks: 39 })
    const fit = fitBgnbd(buyers)
    for (const name of ['r', 'alpha', 'a', 'b'] as const)
      for (const factor of [0.98, 1.02])
        expect(logLikelihood({ ...fit, [name]: fit[name] * factor }, buyers)).toBeLessThan(fit.logLikelihood)
    expect(logLikelihood(fit, buyers)).toBeCloseTo(fit.logLikelihood, 6)
  })

  test('says so where the data know nothing of leaving, because nobody ever bought again', () => {
    const fit = fitBgnbd(columns(Array.from({ length: 50 }, () => ({ x: 0, tx: 0, t: 20 }))))
    expect(fit.degenerate).toBe(true)
  })

  test('refuses buyers that cannot be, naming the first', () => {
    expect(() => fitBgnbd(columns([{ x: 1, tx: 5, t: 3 }]))).toThrow('buyer 1')
    expect(() => fitBgnbd(columns([]))).toThrow(RangeError)
  })
})

/** The likelihood written down as the paper has it, beside the one that was made fast. */
function logLikelihood({ r, alpha, a, b }: Parameters, { x, tx, t }: ReturnType<typeof columns>): number {
  return x.reduce((sum, many, i) => {
    const first = logGamma(r + many) - logGamma(r) + r * Math.log(alpha)
    const second = logGamma(a + b) + logGamma(b + many) - logGamma(b) - logGamma(a + b + many)
    const there = (alpha + t[i]!) ** -(r + many)
    const gone = many > 0 ? (a / (b + many - 1)) * (alpha + tx[i]!) ** -(r + many) : 0
    return sum + first + second + Math.log(there + gone)
  }, 0)
}
