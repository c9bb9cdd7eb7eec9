/** Where a term stands: documents (ascending), and what it adds to each, for a weight of 1. */
interface Postings {
  docs: Int32Array
  impacts: Float64Array
}

/**
 * Okapi BM25's `k1` (how soon repetition stops counting) and `b` (how much a long text is held against it), and `floor`: added to
 * every idf, so that what nearly all texts of a narrow library share (two products' names) still tells them apart.
 */
export interface Weighing {
  k1: number
  b: number
  floor: number
}

/** A small library is no measure of how often people say 可以 and 怎么. */
const COMMON_SHARE = 0.25

/** What each term of the question weighs: 1 where it stands once. */
export type Weighted = ReadonlyMap<string, number>

/** An inverted index of one kind of term. Documents are numbered from 0 in the order given; scores are one number per document, 0 where nothing is shared. */
export class Inverted {
  private readonly terms = new Map<string, Postings>()
  private readonly size: number
  /** Sum of the weights of a document's different terms. */
  private readonly weights: Float64Array
  private readonly weighing: Weighing
  private readonly common: ReadonlySet<string>

  /** `common`: terms of which every fourth text counts as having them, however few do. */
  constructor(
    documents: readonly (readonly string[])[],
    weighing: Weighing,
    common: ReadonlySet<string> = new Set<string>(),
  ) {
    this.weighing = weighing
    this.common = common
    this.size = documents.length
    this.weights = new Float64Array(this.size)
    const average = documents.reduce((sum, { length }) => sum + length, 0) / Math.max(1, this.size) || 1
    const lengths = documents.map(({ length }) => length / average)
    for (const [term, { docs, counts }] of standing(documents)) {
      this.terms.set(term, {
        docs: Int32Array.from(docs),
        impacts: Float64Array.from(counts, (tf, at) => impact(tf, lengths[docs[at]!]!, weighing)),
      })
      for (const doc of docs) this.weights[doc]! += this.weightOf(term)
    }
  }

  /** Robertson/Spärck Jones weight without relevance information, kept positive: ln(1 + (N − n + ½) / (n + ½)) + floor. */
  weightOf(term: string): number {
    const stands = this.terms.get(term)?.docs.length ?? 0
    const n = this.common.has(term) ? Math.max(stands, this.size * COMMON_SHARE) : stands
    return Math.log(1 + (this.size - n + 0.5) / (n + 0.5)) + this.weighing.floor
  }

  /**
   * Okapi BM25: Σ q·weight·tf·(k1 + 1) / (tf + k1·(1 − b + b·length/average)).
   * Robertson & Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009).
   */
  bm25(query: Weighted): Float64Array {
    const scores = new Float64Array(this.size)
    for (const [term, q] of query) {
      const postings = this.terms.get(term)
      if (!postings) continue
      const weight = this.weightOf(term) * q
      const { docs, impacts } = postings
      for (let i = 0; i < docs.length; i++) scores[docs[i]!]! += weight * impacts[i]!
    }
    return scores
  }

  /**
   * Weight of the shared terms over a mean of the question's weight and the text's, `ours` of it the question's, 0 … 1: what the
   * text says beyond the question counts against it. Tversky, Features of Similarity (1977).
   */
  overlap(query: Weighted, ours: number): Float64Array {
    const scores = new Float64Array(this.size)
    let total = 0
    for (const term of query.keys()) {
      const weight = this.weightOf(term)
      const docs = this.terms.get(term)?.docs ?? []
      // A word that no text has cannot tell texts apart; half of it says that the question is about something else.
      total += docs.length > 0 ? weight : weight / 2
      for (const doc of docs) scores[doc]! += weight
    }
    for (let doc = 0; doc < scores.length; doc++)
      if (scores[doc]! > 0) scores[doc]! /= ours * total + (1 - ours) * this.weights[doc]!
    return scores
  }
}

/** tf·(k1 + 1) / (tf + k1·(1 − b + b·length)), `length` over the average. Once for all questions: it does not depend on them. */
const impact = (tf: number, length: number, { k1, b }: Weighing): number =>
  (tf * (k1 + 1)) / (tf + k1 * (1 - b + b * length))

/** Each term with the documents it stands in and how often in each. */
function standing(documents: readonly (readonly string[])[]) {
  const terms = new Map<string, { docs: number[]; counts: number[] }>()
  documents.forEach((own, doc) => {
    for (const term of own) {
      let known = terms.get(term)
      if (!known) terms.set(term, (known = { docs: [], counts: [] }))
      const last = known.docs.length - 1
      if (known.docs[last] === doc) known.counts[last]!++
      else {
        known.docs.push(doc)
        known.counts.push(1)
      }
    }
  })
  return terms
}

/** Terms with how often each stands there. */
export function counted(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  return counts
}
