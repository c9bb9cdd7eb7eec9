/** Chance that repeats: the same seed gives the same shop on every machine. */
export interface Random {
  /** A number in [0, 1). */
  next(): number
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  pick<T>(from: readonly T[]): T
  chance(probability: number): boolean
  /** `count` different members of `from`, in the order of `from`. */
  some<T>(from: readonly T[], count: number): T[]
  /** `length` letters and digits. */
  letters(length: number): string
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Mulberry32: small, fast, and good enough to scatter customers. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  const pick = <T>(from: readonly T[]): T => {
    const chosen = from[between(0, from.length - 1)]
    if (chosen === undefined) throw new Error('nothing to pick from')
    return chosen
  }
  const some = <T>(from: readonly T[], count: number): T[] => {
    const left = from.map((_, index) => index)
    const taken = Array.from(
      { length: Math.min(count, from.length) },
      () => left.splice(between(0, left.length - 1), 1)[0],
    )
    return from.filter((_, index) => taken.includes(index))
  }
  const letters = (length: number) => Array.from({ length }, () => ALPHABET[between(0, ALPHABET.length - 1)]).join('')
  return { next, between, pick, chance: (probability) => next() < probability, some, letters }
}
