import { COMMON, MANNERS } from './lexicon-words.ts'
import { normalise } from './normalise.ts'
import { wordsOf } from './words.ts'

/** A word as it stands there, and what stands for it and its synonyms. */
export interface Word {
  word: string
  head: string
}

const LONGEST = 4
/** 用不了, 开不上: what cannot be done, said with the verb first. */
const CANNOT = /(\p{Script=Han})不(?:了|到|上|成|起|出来|进去|出|进)/gu

/**
 * Which words stand for one another: the common ones of customer service and the shop's own groups, both ways. A word keeps its
 * spelling in the other signals, so the same word always weighs more than another of its group.
 */
export class Lexicon {
  private readonly heads = new Map<string, string>()
  private readonly own: string[]

  /** `groups`: the shop's synonyms; they come before the common ones. */
  constructor(groups: readonly (readonly string[])[] = []) {
    const own = groups.map((group) => group.map((word) => normalise(word).replaceAll(' ', '')).filter(Boolean))
    const common = COMMON.trim()
      .split('\n')
      .map((line) => line.split(' '))
    for (const group of [...own, ...common])
      for (const word of group) if (!this.heads.has(word)) this.heads.set(word, this.heads.get(group[0]!) ?? group[0]!)
    this.own = own.flat().sort((a, b) => b.length - a.length)
  }

  /** The words of a normalised text, each as the head of its group. The shop's own words are never cut. */
  wordsOf(text: string): Word[] {
    const plain = text.replaceAll(' ', '').replace(CANNOT, '不能$1')
    return this.cut(plain).flatMap((piece) => {
      if (this.own.includes(piece)) return [{ word: piece, head: this.heads.get(piece)! }]
      return this.joined(wordsOf(piece))
    })
  }

  /** The other words of a word's group. */
  alike(word: string): string[] {
    const head = this.heads.get(word)
    return head === undefined ? [] : [...this.heads].flatMap(([one, of]) => (of === head && one !== word ? [one] : []))
  }

  /** Neighbouring words that together are one of a group (`什么` `时候`) become one; the longest wins. */
  private joined(words: string[]): Word[] {
    const out: Word[] = []
    for (let at = 0; at < words.length;) {
      let length = Math.min(LONGEST, words.length - at)
      while (length > 1 && !this.heads.has(words.slice(at, at + length).join(''))) length--
      const word = words.slice(at, at + length).join('')
      out.push({ word, head: this.heads.get(word) ?? word })
      at += length
    }
    return out
  }

  /** Cuts out the shop's own words, the longest first; the rest stays for the dictionary to cut. */
  private cut(text: string): string[] {
    for (const word of this.own) {
      const at = text.indexOf(word)
      if (at >= 0) return [...this.cut(text.slice(0, at)), word, ...this.cut(text.slice(at + word.length))]
    }
    return text === '' ? [] : [text]
  }
}

/** Whether a word says what is asked about, not only how politely. */
export const saysMuch = (word: string): boolean => !MANNERS.has(word)
