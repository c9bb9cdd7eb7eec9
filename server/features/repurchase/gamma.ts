/** Lanczos coefficients, g = 7, n = 9 (Godfrey 2001): relative error below 1e-14 for positive arguments. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const
const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI)

/** ln Γ(x) for x > 0. Small arguments go through Γ(x) = Γ(x + 1) / x, where nothing cancels. */
export function logGamma(x: number): number {
  if (x < 0.5) return logGamma(x + 1) - Math.log(x)
  const shifted = x - 1
  const t = shifted + 7.5
  let sum: number = LANCZOS[0]
  for (let k = 1; k < LANCZOS.length; k += 1) sum += LANCZOS[k]! / (shifted + k)
  return HALF_LOG_TWO_PI + (shifted + 0.5) * Math.log(t) - t + Math.log(sum)
}

/** ψ(x) = d/dx ln Γ(x) for x > 0: recurrence up to 10, then the asymptotic series (Abramowitz & Stegun 6.3.18). */
export function digamma(x: number): number {
  let at = x
  let below = 0
  while (at < 10) {
    below += 1 / at
    at += 1
  }
  const u = 1 / (at * at)
  const tail = u * (1 / 12 - u * (1 / 120 - u * (1 / 252 - u * (1 / 240 - (u * 5) / 660))))
  return Math.log(at) - 0.5 / at - tail - below
}

const BIG = 1e200
const MOST_TERMS = 1_000_000

/**
 * ln Σ (a)ₖ (b)ₖ zᵏ / ((c)ₖ (d)ₖ), which is ln ₂F₁(a, b; c; z) for d = 1: for a, b, c, d > 0 and 0 ≤ z < 1 every term is positive, so nothing cancels.
 * What would overflow is carried as a logarithm. Throws RangeError outside of that.
 */
export function logHypergeometric(a: number, b: number, c: number, z: number, d = 1): number {
  if (!(a > 0 && b > 0 && c > 0 && d > 0 && z >= 0 && z < 1))
    throw new RangeError(`2F1(${a}, ${b}; ${c}; ${z}) is outside of what this series can do`)
  let term = 1
  let sum = 1
  let carried = 0
  for (let k = 0; k < MOST_TERMS; k += 1) {
    term *= ((a + k) * (b + k) * z) / ((c + k) * (d + k))
    sum += term
    // Ratios of terms go towards z from one side, so none of those to come is above the larger of this one and z.
    const ratio = Math.max(z, ((a + k + 1) * (b + k + 1) * z) / ((c + k + 1) * (d + k + 1)))
    if (ratio < 1 && term * ratio < 1e-16 * sum * (1 - ratio)) return carried + Math.log(sum)
    if (sum > BIG) {
      term /= BIG
      sum /= BIG
      carried += Math.log(BIG)
    }
  }
  return carried + Math.log(sum)
}
