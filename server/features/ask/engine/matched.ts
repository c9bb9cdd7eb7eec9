import { unitsOf } from './grams.ts'
import { type Lexicon, saysMuch } from './lexicon.ts'
import { normalise } from './normalise.ts'
import { soundPairs } from './sounds.ts'

const MOST = 6

/**
 * The stretches of `text`, as they stand there, that answer a question: words that are the same or stand for the same, and two or more
 * characters that sound the same. The longest first, at most six, none twice.
 */
export function matchedIn(lexicon: Lexicon, question: string, text: string): string[] {
  const asked = normalise(question)
  const heads = new Set(lexicon.wordsOf(asked).flatMap(({ head }) => (saysMuch(head) ? [head] : [])))
  const { plain, places } = placed(text)
  const marks = new Uint8Array(plain.length)
  const mark = (stretch: string) => {
    for (let at = plain.indexOf(stretch); at >= 0; at = plain.indexOf(stretch, at + 1))
      marks.fill(1, at, at + stretch.length)
  }
  for (const { word, head } of lexicon.wordsOf(plain)) if (heads.has(head) && word.length > 1) mark(word)
  const sounds = new Set(soundPairs(unitsOf(asked)).map(({ sound }) => sound))
  for (const { sound, chars } of soundPairs(unitsOf(plain))) if (sounds.has(sound) && !manners(chars)) mark(chars)
  return stretches(text, marks, places)
}

const manners = (chars: string): boolean => [...chars].every((char) => !saysMuch(char))

/** The normalised text without blanks, and where each of its characters stands in the original. */
function placed(text: string): { plain: string; places: number[] } {
  let plain = ''
  const places: number[] = []
  let at = 0
  for (const char of text) {
    for (const unit of normalise(char)) {
      plain += unit
      for (let i = 0; i < unit.length; i++) places.push(at)
    }
    at += char.length
  }
  return { plain, places }
}

function stretches(text: string, marks: Uint8Array, places: number[]): string[] {
  const found = new Set<string>()
  for (let from = 0; from < marks.length; from++) {
    if (marks[from] === 0) continue
    let to = from
    // A stretch ends where marks do, or where the original says something between.
    while (marks[to + 1] === 1 && places[to + 1]! - places[to]! <= 1) to++
    found.add(text.slice(places[from], (places[to] ?? 0) + 1))
    from = to
  }
  return [...found].sort((a, b) => b.length - a.length).slice(0, MOST)
}
