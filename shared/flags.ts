import * as z from 'zod/mini'
import { SHOP_MS } from './shop-time.ts'

/**
 * What a rule looks at. words: phrases in the text (`*` stands for up to six characters). short: fewer characters than `limit`. noNext: no dated next
 * step. often: more than `limit` days of contact in the week. edited: changed after it was passed. vague: a next step is promised in
 * words, and no date is set.
 */
export const RuleKind = z.enum(['words', 'short', 'noNext', 'often', 'edited', 'vague'])
export type RuleKind = z.infer<typeof RuleKind>

export const ReviewRule = z.object({
  id: z.string().check(z.regex(/^[\w-]{1,40}$/)),
  kind: RuleKind,
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(12)),
  /** bad: a red line. warn: worth a look. */
  tone: z.enum(['bad', 'warn']),
  words: z.array(z.string().check(z.trim(), z.minLength(2), z.maxLength(40))).check(z.maxLength(60)),
  limit: z.number().check(z.gte(0), z.lte(200)),
  enabled: z.boolean(),
})
export type ReviewRule = z.infer<typeof ReviewRule>

/** What a rule says of a note: what it found, and where in the text (`[from, to)` in UTF-16 units). */
export const Flag = z.object({
  rule: z.string(),
  kind: RuleKind,
  name: z.string(),
  tone: z.enum(['bad', 'warn']),
  found: z.string(),
  spans: z.array(z.tuple([z.number(), z.number()])),
})
export type Flag = z.infer<typeof Flag>

export interface NoteFacts {
  body: string
  /** Days of the calendar week, up to this note, on which its author was in contact with the customer. */
  contactDays: number
  hasNext: boolean
  /** The text that was judged is not the text of now. */
  editedAfterReview: boolean
}

/** Which rules a note meets, in the rules' order. Pure: the same for the queue, for a preview and for an admin who tries a sentence. */
export function flagNote(rules: readonly ReviewRule[], facts: NoteFacts): Flag[] {
  return rules.flatMap((rule) => {
    const found = rule.enabled ? look(rule, facts) : undefined
    return found ? [{ rule: rule.id, kind: rule.kind, name: rule.name, tone: rule.tone, ...found }] : []
  })
}

type Found = Pick<Flag, 'found' | 'spans'>

function look({ kind, words, limit }: ReviewRule, facts: NoteFacts): Found | undefined {
  switch (kind) {
    case 'words':
      return findWords(facts.body, words)
    case 'short': {
      const length = lengthOf(facts.body)
      return length < limit ? { found: String(length), spans: [] } : undefined
    }
    case 'noNext':
      return facts.hasNext ? undefined : { found: '', spans: [] }
    case 'often':
      return facts.contactDays > limit ? { found: String(facts.contactDays), spans: [] } : undefined
    case 'edited':
      return facts.editedAfterReview ? { found: '', spans: [] } : undefined
    case 'vague':
      return facts.hasNext ? undefined : findWords(facts.body, words)
  }
}

/** Characters that say something: no spaces, no punctuation. */
const SILENT = /[\s\p{P}\p{S}\p{Cf}]/u
const lengthOf = (text: string): number => [...text].filter((char) => !SILENT.test(char)).length

const GAP = 6

/** Phrases where they stand, also written with spaces or dots between, in full-width letters or in capitals. */
export function findWords(text: string, phrases: readonly string[]): Found | undefined {
  const { folded, places } = fold(text)
  const hits = phrases.flatMap((phrase) => {
    const parts = phrase
      .split('*')
      .map((part) => fold(part).folded)
      .filter((part) => part !== '')
    if (parts.length === 0) return []
    const pattern = new RegExp(parts.map(escape).join(`.{0,${GAP}}?`), 'g')
    return [...folded.matchAll(pattern)].map((match): [number, number] => [
      places[match.index]![0],
      places[match.index + match[0].length - 1]![1],
    ])
  })
  if (hits.length === 0) return undefined
  const spans = merge(hits)
  return { found: spans.map(([from, to]) => text.slice(from, to)).join('、'), spans }
}

/** The text as it is compared, and for each unit of it where it stood. */
function fold(text: string): { folded: string; places: [from: number, to: number][] } {
  let folded = ''
  const places: [number, number][] = []
  let at = 0
  for (const char of text) {
    const from = at
    at += char.length
    if (SILENT.test(char)) continue
    const plain = char.normalize('NFKC').toLowerCase()
    folded += plain
    for (let i = 0; i < plain.length; i++) places.push([from, at])
  }
  return { folded, places }
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

function merge(spans: [number, number][]): [number, number][] {
  const merged: [number, number][] = []
  for (const [from, to] of spans.sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
    const last = merged.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}

/** `YYYY-MM-DD` of the Monday of this moment's week, by the shop's clock. */
export function mondayOf(at: Date): string {
  const there = new Date(at.getTime() + SHOP_MS)
  there.setUTCDate(there.getUTCDate() - ((there.getUTCDay() + 6) % 7))
  return there.toISOString().slice(0, 10)
}
