import { diffWords } from 'diff'
import type { Flag } from '#shared/flags.ts'

export interface Piece {
  text: string
  tone?: 'bad' | 'warn'
}

/** The text cut where rules found something; where two overlap the graver one shows. */
export function piecesOf(text: string, flags: readonly Flag[]): Piece[] {
  const tones: ('bad' | 'warn' | undefined)[] = Array.from({ length: text.length })
  for (const { spans, tone } of flags)
    for (const [from, to] of spans) for (let i = from; i < to; i++) if (tones[i] !== 'bad') tones[i] = tone
  const pieces: Piece[] = []
  for (let i = 0; i < text.length;) {
    let end = i + 1
    while (end < text.length && tones[end] === tones[i]) end++
    const tone = tones[i]
    pieces.push({ text: text.slice(i, end), ...(tone && { tone }) })
    i = end
  }
  return pieces
}

export interface Change {
  text: string
  kind: 'same' | 'gone' | 'new'
}

const CONTEXT = 12

/** What changed between two texts, with a few characters around each change; the rest as an ellipsis. */
export function changesOf(before: string, after: string): Change[] {
  const parts = diffWords(before, after, { intlSegmenter: new Intl.Segmenter('zh', { granularity: 'word' }) })
  return parts.map(({ value, added, removed }, i): Change => {
    if (added) return { text: value, kind: 'new' }
    if (removed) return { text: value, kind: 'gone' }
    if (value.length <= CONTEXT * 2 + 1) return { text: value, kind: 'same' }
    const head = i === 0 ? '' : value.slice(0, CONTEXT)
    const tail = i === parts.length - 1 ? '' : value.slice(-CONTEXT)
    return { text: `${head}…${tail}`, kind: 'same' }
  })
}
