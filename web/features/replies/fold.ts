/** A stretch of a text: [from, to) in UTF-16 units. */
export type Range = [from: number, to: number]

export const HAN = /\p{Script=Han}/u

/** Lower case and half width, character for character, so that a place in the folded text is the same place in the original. */
export function fold(text: string): string {
  const half = text.replace(/[\uFF01-\uFF5E\u3000]/g, (c) =>
    c === '\u3000' ? ' ' : String.fromCharCode(c.charCodeAt(0) - 0xfee0),
  )
  const lower = half.toLowerCase()
  return lower.length === half.length
    ? lower
    : Array.from(half, (c) => (c.toLowerCase().length === c.length ? c.toLowerCase() : c)).join('')
}

/** Cuts a text into plain and marked pieces. Ranges are in order and do not overlap. */
export function pieces(text: string, marks: Range[]): { text: string; marked: boolean }[] {
  const out: { text: string; marked: boolean }[] = []
  let at = 0
  for (const [from, to] of marks) {
    if (from > at) out.push({ text: text.slice(at, from), marked: false })
    out.push({ text: text.slice(from, to), marked: true })
    at = to
  }
  if (at < text.length) out.push({ text: text.slice(at), marked: false })
  return out
}
