import type { Parameters } from './bgnbd.ts'
import type { Buyers } from './fit.ts'

/** The BG/NBD model's own story, told for `count` buyers who came in the first half of `weeks`. The same seed draws the same buyers. */
export function simulate(model: Parameters, count: number, { seed, weeks }: { seed: number; weeks: number }): Buyers {
  const random = mulberry(seed)
  const buyers = { x: new Float64Array(count), tx: new Float64Array(count), t: new Float64Array(count) }
  for (let i = 0; i < count; i += 1) {
    const observed = weeks * (0.5 + random() / 2)
    const rate = gamma(model.r, random) / model.alpha
    const [left, stayed] = [gamma(model.a, random), gamma(model.b, random)]
    const dropout = left / (left + stayed)
    let at = 0
    buyers.t[i] = observed
    for (;;) {
      at += rate > 0 ? -Math.log(1 - random()) / rate : Infinity
      if (at > observed) break
      buyers.x[i]! += 1
      buyers.tx[i] = at
      if (random() < dropout) break
    }
  }
  return buyers
}

/** Mulberry32: small, fast, and good enough to draw buyers. Uniform on [0, 1). */
export function mulberry(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Gamma(shape, 1), Marsaglia & Tsang 2000; below one by Γ(shape + 1) · U^(1 / shape). */
function gamma(shape: number, random: () => number): number {
  if (shape < 1) return gamma(shape + 1, random) * random() ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    const v = (1 + c * normal) ** 3
    if (v > 0 && Math.log(1 - random()) < 0.5 * normal * normal + d - d * v + d * Math.log(v)) return d * v
  }
}
