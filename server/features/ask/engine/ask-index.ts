import { bestOf, fuse } from './fuse.ts'
import { gramsOf, unitsOf } from './grams.ts'
import { counted, Inverted } from './inverted.ts'
import { Lexicon, saysMuch } from './lexicon.ts'
import { matchedIn } from './matched.ts'
import { normalise } from './normalise.ts'
import { soundsOf } from './sounds.ts'

/** What is found: the number of the document, how well it answers beside the others (0 … 1) and how much of the question it covers (0 … 1). */
export interface Found {
  doc: number
  score: number
  covered: number
}

interface Terms {
  chars: string[]
  grams: string[]
  sounds: string[]
  words: string[]
  meant: string[]
  meantGrams: string[]
  bare: string[]
}
type Kind = keyof Terms

/** Chosen by hand on one half of the public pairs (see docs/figures.md); a narrower or wider choice moves recall by under a point. */
const WEIGHING: Record<Kind, { k1: number; b: number; floor: number; weight: number }> = {
  chars: { k1: 0.6, b: 0.9, floor: 1, weight: 1 },
  meant: { k1: 0.8, b: 1, floor: 2, weight: 1 },
  bare: { k1: 0.8, b: 1, floor: 2, weight: 1 },
  words: { k1: 0.6, b: 0.9, floor: 1, weight: 1 },
  grams: { k1: 0.6, b: 0.9, floor: 0, weight: 0.2 },
  meantGrams: { k1: 0.6, b: 0.9, floor: 0, weight: 0.3 },
  sounds: { k1: 0.6, b: 0.9, floor: 0, weight: 0.3 },
}
const KINDS = Object.keys(WEIGHING) as Kind[]
const OVERLAP = { weight: 1, ours: 0.7 }
const RANKS = 0.25

/** Called between two stretches of work, so that who waits for the process gets a turn. */
export type Breathe = () => Promise<unknown>
const STRETCH = 250

/**
 * Texts made ready to be asked in the customer's words. Seven inverted indexes (characters, their n-grams, sounds, words as heads of
 * their synonyms, the characters of those, the same without manners, and their n-grams), each scored with BM25, and the overlap of what
 * is meant, fused.
 */
export class AskIndex {
  private readonly lexicon: Lexicon
  private readonly indexes: Record<Kind, Inverted>

  private constructor(lexicon: Lexicon, indexes: Record<Kind, Inverted>) {
    this.lexicon = lexicon
    this.indexes = indexes
  }

  /** `texts` may be none, empty or say nothing; `groups` are the shop's synonyms. */
  static async build(
    texts: readonly string[],
    groups: readonly (readonly string[])[],
    breathe: Breathe,
  ): Promise<AskIndex> {
    const lexicon = new Lexicon(groups)
    const terms: Terms[] = []
    for (const text of texts) {
      terms.push(termsOf(lexicon, text))
      if (terms.length % STRETCH === 0) await breathe()
    }
    const indexes: Partial<Record<Kind, Inverted>> = {}
    for (const kind of KINDS) {
      indexes[kind] = new Inverted(
        terms.map((one) => one[kind]),
        WEIGHING[kind],
      )
      await breathe()
    }
    return new AskIndex(lexicon, indexes as Record<Kind, Inverted>)
  }

  /** The documents nearest to a question, best first, at most `most` of those that `among` lets through. */
  ask(question: string, most: number, among?: (doc: number) => boolean): Found[] {
    const terms = termsOf(this.lexicon, question)
    const signals = KINDS.map((kind) => ({
      scores: this.indexes[kind].bm25(counted(terms[kind])),
      weight: WEIGHING[kind].weight,
    }))
    signals.push({
      scores: this.indexes.bare.overlap(counted(terms.bare), OVERLAP.ours),
      weight: OVERLAP.weight,
    })
    const fused = fuse(signals, RANKS)
    const covers = [
      this.indexes.words.overlap(counted(terms.words.filter(saysMuch)), 1),
      this.indexes.sounds.overlap(counted(terms.sounds.filter((sound) => sound.includes('+'))), 1),
    ]
    return bestOf(fused, most, among).map((doc) => ({
      doc,
      score: fused[doc]!,
      covered: Math.max(...covers.map((cover) => cover[doc]!)),
    }))
  }

  /** Stretches of a text that answer the question, as they stand there. */
  matched = (question: string, text: string): string[] => matchedIn(this.lexicon, question, text)
}

function termsOf(lexicon: Lexicon, text: string): Terms {
  const plain = normalise(text)
  const chars = unitsOf(plain)
  const words = lexicon.wordsOf(plain).map(({ head }) => head)
  const meant = words.flatMap(unitsOf)
  return {
    chars,
    grams: gramsOf(chars),
    sounds: soundsOf(chars),
    words,
    meant,
    meantGrams: gramsOf(meant),
    bare: words.filter(saysMuch).flatMap(unitsOf),
  }
}
