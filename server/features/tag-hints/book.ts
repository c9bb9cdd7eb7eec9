import type { TagTrial } from '#shared/tag-hints.ts'
import { holds, type Link, rank } from './links.ts'

/** One customer: tags of all their ties, and words of their orders. */
export interface Worn {
  id: string
  tags: string[]
  words: string[]
}

const TOP = 3
/** Pairs are keyed by two numbers in one. */
const WIDTH = 2 ** 21
/** About so many customers are tried, chosen by the hash of their ids: the same every night. */
export const TRIED = 2_000

/** Counts of tags, of words and of pairs over customers that come one after the other, each once. */
export class TagBook {
  people = 0
  readonly #numbers = new Map<string, number>()
  readonly #names: string[] = []
  readonly #counts: number[] = []
  readonly #pairs = new Map<number, number>()
  readonly #tried: Worn[] = []
  readonly #group: ReadonlyMap<string, string | null>
  readonly #chance: number

  /** `group`: every tag there is, with its group where that allows one tag only. `expected`: about how many customers will come. */
  constructor(group: ReadonlyMap<string, string | null>, expected: number) {
    this.#group = group
    this.#chance = TRIED / Math.max(1, expected)
  }

  add(worn: Worn): void {
    const tags = worn.tags.filter((tag) => this.#group.has(tag))
    this.people += 1
    const own = tags.map((tag) => this.#count(`tag:${tag}`))
    const words = worn.words.map((word) => this.#count(word))
    for (const one of own) {
      for (const other of own) if (one !== other) this.#pair(one, other)
      for (const word of words) this.#pair(word, one)
    }
    if (tags.length > 1 && hashOf(worn.id) < this.#chance) this.#tried.push({ ...worn, tags })
  }

  #count(name: string): number {
    let number = this.#numbers.get(name)
    if (number === undefined) {
      number = this.#names.length
      this.#numbers.set(name, number)
      this.#names.push(name)
      this.#counts.push(0)
    }
    this.#counts[number]! += 1
    return number
  }

  #pair(one: number, other: number): void {
    const key = one * WIDTH + other
    this.#pairs.set(key, (this.#pairs.get(key) ?? 0) + 1)
  }

  /** Every link that holds. */
  links(): Link[] {
    const found: Link[] = []
    for (const [key, both] of this.#pairs) {
      const [one, other] = [Math.floor(key / WIDTH), key % WIDTH]
      const link = this.#link(one, other, both)
      if (holds(link)) found.push(link)
    }
    return found
  }

  #link(one: number, other: number, both: number): Link {
    return {
      from: this.#names[one]!,
      tagId: this.#names[other]!.slice('tag:'.length),
      both,
      one: this.#counts[one]!,
      other: this.#counts[other]!,
      people: this.people,
    }
  }

  /** Leave-one-out: of each customer tried one tag is hidden, and the customer is taken out of the counts it is foretold from. */
  tryOut(by: 'tags' | 'orders'): TagTrial {
    const trial: TagTrial = { cases: 0, spoken: 0, shown: 0, hits: 0, usualHits: 0, usualTop: 0 }
    const tags = [...this.#group.keys()].filter((tag) => this.#numbers.has(`tag:${tag}`))
    const usual = tags.sort(
      (a, b) => this.#counts[this.#numbers.get(`tag:${b}`)!]! - this.#counts[this.#numbers.get(`tag:${a}`)!]!,
    )
    for (const worn of this.#tried) {
      const hidden = worn.tags[Math.floor(hashOf(`${worn.id} hidden`) * worn.tags.length)]!
      const rest = worn.tags.filter((tag) => tag !== hidden)
      const taken = new Set(rest.flatMap((tag) => this.#group.get(tag) ?? []))
      const never = (tag: string) => rest.includes(tag) || taken.has(this.#group.get(tag) ?? '')
      const from = by === 'tags' ? rest.map((tag) => `tag:${tag}`) : worn.words
      const shown = rank(this.#without(worn, from, tags), never).slice(0, TOP)
      const common = usual.filter((tag) => !never(tag)).slice(0, TOP)
      trial.cases += 1
      trial.usualTop += Number(common.includes(hidden))
      if (shown.length === 0) continue
      trial.spoken += 1
      trial.shown += shown.length
      trial.hits += Number(shown.some(({ tagId }) => tagId === hidden))
      trial.usualHits += Number(common.slice(0, shown.length).includes(hidden))
    }
    return trial
  }

  /** Links of one customer as if they were not among the counts. */
  #without(worn: Worn, from: string[], tags: string[]): Link[] {
    const own = new Set(worn.tags)
    return from.flatMap((name) => {
      const one = this.#numbers.get(name)
      if (one === undefined) return []
      return tags.flatMap((tag) => {
        const other = this.#numbers.get(`tag:${tag}`)!
        const both = this.#pairs.get(one * WIDTH + other)
        if (both === undefined) return []
        const has = Number(own.has(tag))
        const link = this.#link(one, other, both - has)
        return [{ ...link, one: link.one - 1, other: link.other - has, people: link.people - 1 }]
      })
    })
  }
}

/** FNV-1a, evenly from 0 to 1. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32
}
