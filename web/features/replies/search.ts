import type { Reply } from '#shared/replies.ts'
import { variablesOut } from './content.ts'
import { fold, type Range } from './fold.ts'
import { nearly } from './nearly.ts'
import { readAsPinyin, unitsOf, type Unit } from './pinyin.ts'

/** A reply made ready for searching: everything folded once, so that a keystroke only compares strings. */
export interface Indexed {
  reply: Reply
  order: number
  title: string
  body: string
  units: Unit[] | null
  pinyin: string
  initials: string
}

/** A reply that answers the query. `marks` are ranges of the title; `inBody` says that it was found by its text only. */
export interface Hit {
  reply: Reply
  marks: Range[]
  inBody: boolean
}

const RANK = { exact: 0, prefix: 1, inTitle: 2, pinyinPrefix: 3, pinyin: 4, body: 5, typo: 6 } as const
interface Match {
  rank: number
  mark: Range | null
}

export const indexReplies = (replies: Reply[]): Indexed[] =>
  replies.map((reply, order) => ({
    reply,
    order,
    title: fold(reply.title),
    body: fold(variablesOut(reply)),
    units: unitsOf(reply.title, reply.pinyin),
    pinyin: fold(reply.pinyin).replace(/\/[a-z/]+|\s+/g, ''),
    initials: fold(reply.initials),
  }))

/**
 * Every word of the query must be found. Best first: exact title, title prefix, inside the title, pinyin or initials, body; then what this
 * member uses most, then the team, then the library's order. One mistyped letter is forgiven only when nothing else answers.
 */
export function searchReplies(index: Indexed[], query: string): Hit[] {
  const words = fold(query).split(/\s+/).filter(Boolean)
  const found = rank(index, words, match)
  return found.length > 0 || words.length === 0 ? found : rank(index, words, mistyped)
}

function rank(index: Indexed[], words: string[], matches: (one: Indexed, word: string) => Match | null): Hit[] {
  const found: { one: Indexed; rank: number; hits: Match[] }[] = []
  for (const one of index) {
    const hits: Match[] = []
    for (const word of words) {
      const hit = matches(one, word)
      if (hit === null) break
      hits.push(hit)
    }
    if (hits.length < words.length) continue
    const exact = words.length > 0 && one.title === words.join(' ')
    found.push({ one, hits, rank: exact ? RANK.exact : hits.reduce((sum, hit) => sum + hit.rank, 0) })
  }
  return found.sort(better).map(({ one, hits }) => ({
    reply: one.reply,
    marks: merged(hits.flatMap((hit) => (hit.mark ? [hit.mark] : []))),
    inBody: hits.some((hit) => hit.rank === RANK.body),
  }))
}

type Ranked = { one: Indexed; rank: number }
const better = (a: Ranked, b: Ranked): number =>
  a.rank - b.rank ||
  b.one.reply.uses - a.one.reply.uses ||
  b.one.reply.teamUses - a.one.reply.teamUses ||
  a.one.order - b.one.order

function match(one: Indexed, word: string): Match | null {
  const at = one.title.indexOf(word)
  if (at >= 0) {
    const place = one.title === word ? RANK.exact : at === 0 ? RANK.prefix : RANK.inTitle
    return { rank: place, mark: [at, at + word.length] }
  }
  if (/^[a-z0-9]+$/.test(word)) {
    if (one.units) {
      const mark = readAsPinyin(one.units, word)
      if (mark) return { rank: mark[0] === one.units[0]?.at ? RANK.pinyinPrefix : RANK.pinyin, mark }
    } else {
      const sound = Math.max(one.pinyin.indexOf(word), one.initials.indexOf(word))
      if (sound >= 0) return { rank: sound === 0 ? RANK.pinyinPrefix : RANK.pinyin, mark: null }
    }
  }
  return one.body.includes(word) ? { rank: RANK.body, mark: null } : null
}

function mistyped(one: Indexed, word: string): Match | null {
  const close = match(one, word) !== null || nearly(word, one.title) || nearly(word, one.pinyin)
  return close ? { rank: RANK.typo, mark: null } : null
}

function merged(marks: Range[]): Range[] {
  const out: Range[] = []
  for (const [from, to] of [...marks].sort((a, b) => a[0] - b[0])) {
    const last = out.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else out.push([from, to])
  }
  return out
}
