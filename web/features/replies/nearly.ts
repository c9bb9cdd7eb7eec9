const LATIN = /^[a-z0-9]+$/

/** One wrong letter of three would match half the library; three Chinese characters say enough. */
const shortest = (word: string): number => (LATIN.test(word) ? 4 : 3)

/** Is `word` somewhere in `text`, with at most one letter wrong, missing or too many? (Sellers' search, stopped at distance 1.) */
export function nearly(word: string, text: string): boolean {
  if (word.length < shortest(word)) return false
  // One mistake spoils one half of the word at most: without the other half there is nothing to measure.
  const half = word.length >> 1
  if (!text.includes(word.slice(0, half)) && !text.includes(word.slice(half))) return false
  const column = Array.from({ length: word.length + 1 }, (_, i) => i)
  for (let at = 0; at < text.length; at++) {
    let diagonal = 0
    for (let i = 1; i <= word.length; i++) {
      const above = column[i] ?? 0
      const swap = diagonal + (word[i - 1] === text[at] ? 0 : 1)
      column[i] = Math.min(swap, above + 1, (i === 1 ? 0 : (column[i - 1] ?? 0)) + 1)
      diagonal = above
    }
    if ((column[word.length] ?? 2) <= 1) return true
  }
  return false
}
