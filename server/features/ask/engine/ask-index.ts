import { bestOf, fuse } from './fuse.ts'
import { gramsOf, unitsOf } from './grams.ts'
import { counted, Inverted } from './inverted.ts'
import { Lexicon, saysMuch } from './lexicon.ts'
import { ASKING } from './lexicon-words.ts'
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
  matter: string[]
  meant: string[]
  words: string[]
  meantGrams: string[]
  sounds: string[]
  syllables: string[]
}
type Kind = keyof Terms

/**
 * Chosen by coordinate search with the two halves of ATEC's questions taking turns, as they stand and perturbed (`npm run bench -- retrieval`): what was
 * better on the half it was not chosen on. Around here recall moves by less than chance. The signals that read synonyms weigh no more than those that do not,
 * so that a shop with other words loses nothing by them.
 */
const WEIGHING: Record<Kind, { k1: number; b: number; floor: number; weight: number }> = {
  chars: { k1: 0.6, b: 0.9, floor: 1, weight: 1 },
  matter: { k1: 0.8, b: 1, floor: 2, weight: 1 },
  meant: { k1: 0.8, b: 1, floor: 2, weight: 1 },
  words: { k1: 0.6, b: 0.9, floor: 1, weight: 0.6 },
  meantGrams: { k1: 0.6, b: 0.9, floor: 0, weight: 0.3 },
  sounds: { k1: 0.6, b: 0.9, floor: 0, weight: 1 },
  syllables: { k1: 0.6, b: 0.9, floor: 1, weight: 0.3 },
}
const KINDS = Object.keys(WEIGHING) as Kind[]
const OVERLAPS = [
  { kind: 'meant', weight: 1 },
  { kind: 'syllables', weight: 0.5 },
] as const
const OURS = 0.7
/** Measured beside ranks alone (share 1: a point of recall@10 less) and scores alone. */
const RANKS = 0.25

/** Called between two stretches of work, so that who waits for the process gets a turn. */
export type Breathe = () => Promise<unknown>
const STRETCH = 250

/**
 * Texts made ready to be asked in the customer's words. Seven inverted indexes, each scored with BM25: the characters; those without manners; those of what is
 * meant (words as heads of their synonyms), its words and its n-grams; how it sounds, as pairs and as syllables. They and the overlap of what is meant and of
 * the syllables are fused by their scores and by their ranks.
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
    const asking = ASKING.split(' ').map((word) => termsOf(lexicon, word))
    for (const kind of KINDS) {
      indexes[kind] = new Inverted(
        terms.map((one) => one[kind]),
        WEIGHING[kind],
        new Set(asking.flatMap((one) => one[kind])),
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
    for (const { kind, weight } of OVERLAPS)
      signals.push({ scores: this.indexes[kind].overlap(counted(terms[kind]), OURS), weight })
    const fused = fuse(signals, RANKS)
    const covers = [
      this.indexes.words.overlap(counted(terms.words), 1),
      this.indexes.sounds.overlap(counted(pairsOf(terms.sounds)), 1),
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
  const words = lexicon.wordsOf(plain).filter(({ head }) => saysMuch(head))
  const meant = words.flatMap(({ head }) => unitsOf(head))
  const sounds = soundsOf(chars)
  return {
    chars,
    matter: words.flatMap(({ word }) => unitsOf(word)),
    meant,
    words: words.map(({ head }) => head),
    meantGrams: gramsOf(meant),
    sounds,
    syllables: sounds.filter((sound) => !sound.includes('+')),
  }
}

const pairsOf = (sounds: string[]): string[] => sounds.filter((sound) => sound.includes('+'))
