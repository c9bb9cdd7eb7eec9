/** One signal's scores, one per document, and what it weighs beside the others. */
export interface Signal {
  scores: Float64Array
  weight: number
}

/** Cormack, Clarke & Büttcher's constant: how little the first place is worth above the next. */
const K = 60
const DEEP = 200

/**
 * Adds up signals of different scales: each over its own best (CombSUM, Fox & Shaw 1994), and the reciprocal of its ranks
 * Σ weight/(60 + rank) over its best 200 (reciprocal rank fusion, Cormack, Clarke & Büttcher, SIGIR 2009), `share` of the whole.
 * 0 … 1, 1 for a document that every signal puts first.
 */
export function fuse(signals: readonly Signal[], share: number): Float64Array {
  const size = signals[0]?.scores.length ?? 0
  const fused = new Float64Array(size)
  const total = signals.reduce((sum, { weight }) => sum + weight, 0)
  for (const { scores, weight } of signals) {
    let most = 0
    for (let doc = 0; doc < size; doc++) if (scores[doc]! > most) most = scores[doc]!
    if (most === 0) continue
    const part = ((1 - share) * weight) / total / most
    for (let doc = 0; doc < size; doc++) fused[doc]! += part * scores[doc]!
    bestOf(scores, DEEP).forEach((doc, rank) => (fused[doc]! += (share * weight * (K + 1)) / total / (K + 1 + rank)))
  }
  return fused
}

/** For each value the reciprocal of its rank as `fuse` counts it: 1 for the greatest, equal ones alike, 0 for nought. */
export function reciprocals(values: readonly number[]): number[] {
  const ranked = [...new Set(values)].sort((a, b) => b - a)
  return values.map((value) => (value > 0 ? (K + 1) / (K + 1 + ranked.indexOf(value)) : 0))
}

/** Numbers of the documents with the highest scores above 0, best first; of equal ones the earlier. */
export function bestOf(scores: Float64Array, most: number, among?: (doc: number) => boolean): number[] {
  const found: number[] = []
  let worst = 0
  for (let doc = 0; doc < scores.length; doc++) {
    const score = scores[doc]!
    if (score <= worst || (among && !among(doc))) continue
    found.push(doc)
    // Cut back now and then, so that a long list is never sorted whole.
    if (found.length >= most * 4) worst = cut(found, scores, most)
  }
  cut(found, scores, most)
  return found
}

function cut(found: number[], scores: Float64Array, most: number): number {
  found.sort((a, b) => scores[b]! - scores[a]! || a - b)
  if (found.length > most) found.length = most
  return found.length === most ? scores[found[most - 1]!]! : 0
}
