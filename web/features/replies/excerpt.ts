import { fold, type Range } from './fold.ts'

const BEFORE = 8

/** The stretch of a text that was searched for: starts shortly before the first word found, so that it shows in one line. */
export function excerpt(text: string, query: string): { text: string; marks: Range[] } {
  const folded = fold(text)
  for (const word of fold(query).split(/\s+/).filter(Boolean)) {
    const at = folded.indexOf(word)
    if (at < 0) continue
    const from = Math.max(0, at - BEFORE)
    const lead = from > 0 ? '…' : ''
    const start = at - from + lead.length
    return { text: lead + text.slice(from), marks: [[start, start + word.length]] }
  }
  return { text, marks: [] }
}
