import { fold, HAN, type Range } from './fold.ts'

/** One sounding piece of a title: a Chinese character with its syllable, or a letter or digit with itself. */
export interface Unit {
  at: number
  sound: string
}

/**
 * Lays a title's syllables (`tui huan huo 7 tian`) over its characters. Punctuation has no unit, whether or not it is among the syllables.
 * Null where the two do not fit together (the title is then found by its plain pinyin, without marks).
 */
export function unitsOf(title: string, pinyin: string): Unit[] | null {
  const folded = fold(title)
  const syllables = pinyin.split(/\s+/).map(lettersOf).filter(Boolean)
  const units: Unit[] = []
  let next = 0
  let rest = ''
  for (let at = 0; at < folded.length; at++) {
    const char = folded[at] ?? ''
    if (!HAN.test(char) && lettersOf(char) === '') continue
    if (rest === '') rest = syllables[next++] ?? ''
    if (HAN.test(char)) {
      if (!/^[a-z]+$/.test(rest)) return null
      units.push({ at, sound: rest })
      rest = ''
    } else {
      if (!rest.startsWith(char)) return null
      units.push({ at, sound: char })
      rest = rest.slice(1)
    }
  }
  return rest === '' && next >= syllables.length ? units : null
}

const lettersOf = (text: string): string =>
  fold(text)
    .replace(/ü/g, 'v')
    .replace(/[^\p{L}\p{N}]/gu, '')

/**
 * Where `query` (lower case, no spaces) reads as pinyin: each unit gives one or more of its first letters, so `thh`, `tuihuan`, `tuihh`
 * and `tui` all read 退换货. Returns the first reading as a range of the title, or null.
 */
export function readAsPinyin(units: Unit[], query: string): Range | null {
  for (let first = 0; first < units.length; first++) {
    const last = readFrom(units, first, query, 0)
    if (last !== null) return [(units[first] as Unit).at, (units[last] as Unit).at + 1]
  }
  return null
}

function readFrom(units: Unit[], unit: number, query: string, from: number): number | null {
  const sound = units[unit]?.sound
  if (sound === undefined) return null
  let common = 0
  while (common < sound.length && from + common < query.length && sound[common] === query[from + common]) common++
  if (common > 0 && from + common === query.length) return unit
  for (; common > 0; common--) {
    const last = readFrom(units, unit + 1, query, from + common)
    if (last !== null) return last
  }
  return null
}
