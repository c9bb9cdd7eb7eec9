import type { Parameters, Summary } from './bgnbd.ts'
import { digamma, logGamma } from './gamma.ts'
import { minimize } from './minimize.ts'

/** Buyers as columns: what 1,000,000 of them are read and fitted as. */
export interface Buyers {
  x: Float64Array
  tx: Float64Array
  t: Float64Array
}

export interface Fit extends Parameters {
  /** Σ ln L over all buyers, in the unit of time the summaries came in. */
  logLikelihood: number
  buyers: number
  iterations: number
  evaluations: number
  /** The mean log-likelihood is flat here: no component of its gradient (in logarithms of the parameters) exceeds 1e-8. */
  converged: boolean
  gradient: number
  /** A parameter ran to nought or out of sight: the data know nothing of it (nobody bought again, or nobody seems ever to leave). */
  degenerate: boolean
}

/** Logarithms of r, alpha (of time scaled to one), a, b from which a fit begins. The first does for real shops; others only where it ends nowhere. */
const STARTS = [
  [-0.7, -1.5, -0.5, 0.7],
  [0, 0, 0, 0],
  [-1.5, -3, -1, 1.5],
  [1, 0.5, 0.5, 1.5],
]
/** Beyond these the model has degenerated: everybody alike, or nobody ever leaves. */
const EDGE = 8

export function columns(buyers: readonly Summary[]): Buyers {
  return {
    x: Float64Array.from(buyers, (buyer) => buyer.x),
    tx: Float64Array.from(buyers, (buyer) => buyer.tx),
    t: Float64Array.from(buyers, (buyer) => buyer.t),
  }
}

/**
 * BG/NBD by maximum likelihood (Fader, Hardie & Lee 2005, equation 6), with its analytic gradient. Time is scaled to the longest observation while fitting.
 * Throws RangeError for buyers that cannot be (t_x beyond T, a fraction of a purchase) and where there are none.
 */
export function fitBgnbd(buyers: Buyers): Fit {
  check(buyers)
  const n = buyers.x.length
  const unit = buyers.t.reduce((most, t) => Math.max(most, t), 0) || 1
  const scaled = { x: buyers.x, tx: buyers.tx.map((v) => v / unit), t: buyers.t.map((v) => v / unit) }
  const objective = likelihood(scaled)
  let best = minimize(objective, STARTS[0]!)
  for (const start of STARTS.slice(1)) {
    if (best.converged) break
    const other = minimize(objective, start)
    if (other.value < best.value || (other.converged && other.value < best.value + 1e-9)) best = other
  }
  const [r, alpha, a, b] = best.at.map(Math.exp) as [number, number, number, number]
  const repeats = buyers.x.reduce((sum, x) => sum + x, 0)
  return {
    r,
    alpha: alpha * unit,
    a,
    b,
    // A density of x purchases in scaled time is unit^x times the one in the time it came in.
    logLikelihood: -best.value * n - repeats * Math.log(unit),
    buyers: n,
    iterations: best.iterations,
    evaluations: best.evaluations,
    converged: best.converged,
    gradient: best.slope,
    degenerate: best.at.some((value) => Math.abs(value) > EDGE),
  }
}

function check({ x, tx, t }: Buyers): void {
  if (x.length === 0) throw new RangeError('there are no buyers to fit')
  for (let i = 0; i < x.length; i += 1) {
    const fine = Number.isInteger(x[i]) && x[i]! >= 0 && tx[i]! >= 0 && tx[i]! <= t[i]! && Number.isFinite(t[i])
    if (!fine) throw new RangeError(`buyer ${i + 1} cannot be: x ${x[i]}, t_x ${tx[i]}, T ${t[i]}`)
  }
}

/**
 * Minus the mean log-likelihood and its gradient by the logarithms of r, alpha, a, b. What depends on x alone is worked out once for each x that occurs:
 * a buyer costs two logarithms and one exponential.
 */
function likelihood({ x, tx, t }: Buyers) {
  const n = x.length
  const counts = new Map<number, number>()
  for (const value of x) counts.set(value, (counts.get(value) ?? 0) + 1)
  return (at: readonly number[], slope: number[]): number => {
    const [r, alpha, a, b] = at.map(Math.exp) as [number, number, number, number]
    const logA = at[2]!
    let total = 0
    let dr = 0
    let dAlpha = 0
    let da = 0
    let db = 0
    for (const [value, many] of counts) {
      const rx = r + value
      const bx = b + value
      total += many * (logGamma(rx) - logGamma(r) + r * at[1]!)
      total += many * (logGamma(a + b) + logGamma(bx) - logGamma(b) - logGamma(a + b + value))
      dr += many * (digamma(rx) - digamma(r) + at[1]!)
      dAlpha += (many * r) / alpha
      da += many * (digamma(a + b) - digamma(a + b + value))
      db += many * (digamma(a + b) - digamma(a + b + value) + digamma(bx) - digamma(b))
    }
    for (let i = 0; i < n; i += 1) {
      const many = x[i]!
      const rx = r + many
      const seen = alpha + t[i]!
      const logSeen = Math.log(seen)
      if (many === 0) {
        total -= rx * logSeen
        dr -= logSeen
        dAlpha -= rx / seen
        continue
      }
      const last = alpha + tx[i]!
      const logLast = Math.log(last)
      const left = b + many - 1
      // The two ways: still there (weight 1 − gone) and left after the last purchase (weight gone), summed without leaving logarithms.
      const more = logA - Math.log(left) + rx * (logSeen - logLast)
      const e = Math.exp(-Math.abs(more))
      const gone = more > 0 ? 1 / (1 + e) : e / (1 + e)
      total += -rx * logSeen + Math.max(more, 0) + Math.log1p(e)
      dr += -logSeen + gone * (logSeen - logLast)
      dAlpha += -(1 - gone) * (rx / seen) - gone * (rx / last)
      da += gone / a
      db -= gone / left
    }
    slope[0] = (-dr * r) / n
    slope[1] = (-dAlpha * alpha) / n
    slope[2] = (-da * a) / n
    slope[3] = (-db * b) / n
    return Number.isFinite(total) ? -total / n : Infinity
  }
}
