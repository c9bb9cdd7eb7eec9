import { logHypergeometric } from './gamma.ts'

/** Of the BG/NBD model: purchasing rates are Gamma(r, alpha) over buyers, dropout probabilities after a purchase Beta(a, b). */
export interface Parameters {
  r: number
  alpha: number
  a: number
  b: number
}

/** One buyer: `x` repeat purchases, the last of them `tx` after the first purchase, observed for `t`; one unit of time, any. `tx` is 0 where `x` is. */
export interface Summary {
  x: number
  tx: number
  t: number
}

/** a / (b + x − 1) · ((alpha + T) / (alpha + t_x))^(r + x): how much likelier it is that the buyer has left than that they are still there. */
function oddsGone({ r, alpha, a, b }: Parameters, { x, tx, t }: Summary): number {
  if (x === 0) return 0
  return Math.exp(Math.log(a) - Math.log(b + x - 1) + (r + x) * (Math.log(alpha + t) - Math.log(alpha + tx)))
}

/** Probability that a buyer still buys: Fader, Hardie & Lee 2008, “Computing P(alive) using the BG/NBD model”. 1 without a repeat purchase. */
export function probabilityAlive(model: Parameters, buyer: Summary): number {
  return 1 / (1 + oddsGone(model, buyer))
}

/** Near a = 1 the closed form is 0 / 0, though its limit is not: the mean of both sides is taken. */
const NEAR_ONE = 1e-5

/** E[Y(ahead)]: purchases expected in the time to come, given what was seen. Fader, Hardie & Lee 2005, Marketing Science 24(2), equation (10). */
export function expectedPurchases(model: Parameters, buyer: Summary, ahead: number): number {
  const { r, alpha, a, b } = model
  if (ahead <= 0) return 0
  if (Math.abs(a - 1) < NEAR_ONE) {
    const beside = (other: number) => expectedPurchases({ ...model, a: other }, buyer, ahead)
    return (beside(1 - 2 * NEAR_ONE) + beside(1 + 2 * NEAR_ONE)) / 2
  }
  const { x, t } = buyer
  const end = alpha + t + ahead
  const z = ahead / end
  const c = a + b + x - 1
  const still = (r + x) * (Math.log(alpha + t) - Math.log(end))
  // c · ₂F₁(r + x, b + x; c; z), which stays finite where c passes through nought (nobody bought again, and a + b ≤ 1).
  const rest = Math.exp(still + logHypergeometric(r + x + 1, b + x + 1, c + 1, z, 2))
  const bent = c * Math.exp(still) + (r + x) * (b + x) * z * rest
  return (c - bent) / (a - 1) / (1 + oddsGone(model, buyer))
}
