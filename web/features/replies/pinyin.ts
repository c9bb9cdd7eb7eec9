import { fold, HAN, type Range } from './fold.ts'

/** One sounding piece of a title, [at, to): a Chinese character with its readings, the likeliest first, or a Latin word or number with itself. */
export interface Unit {
  at: number
  to: number
  sounds: string[]
}

/**
 * Lays a title's syllables (`tui huan huo 7 tian`) over its characters. Punctuation has no unit, whether or not it is among the syllables.
 * Null where the two do not fit together (the title is then found by its plain pinyin, without marks).
 */
export function unitsOf(title: string, pinyin: string): Unit[] | null {
  const folded = fold(title)
  const syllables = pinyin
    .split(/\s+/)
    .map((one) => one.split('/').map(lettersOf).filter(Boolean))
    .filter((one) => one.length > 0)
  const units: Unit[] = []
  for (let at = 0; at < folded.length;) {
    const char = folded[at] ?? ''
    const han = HAN.test(char)
    if (!han && lettersOf(char) === '') {
      at++
      continue
    }
    const sounds = syllables[units.length] ?? []
    const [sound = ''] = sounds
    if (
      han ? !sounds.every((one) => /^[a-z]+$/.test(one)) || sound === '' : sound === '' || !folded.startsWith(sound, at)
    )
      return null
    const to = at + (han ? 1 : sound.length)
    units.push({ at, to, sounds })
    at = to
  }
  return units.length === syllables.length ? units : null
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
    if (last !== null) return [(units[first] as Unit).at, (units[last] as Unit).to]
  }
  return null
}

function readFrom(units: Unit[], unit: number, query: string, from: number): number | null {
  for (const sound of units[unit]?.sounds ?? []) {
    let common = 0
    while (common < sound.length && from + common < query.length && sound[common] === query[from + common]) common++
    if (common > 0 && from + common === query.length) return unit
    for (; common > 0; common--) {
      const last = readFrom(units, unit + 1, query, from + common)
      if (last !== null) return last
    }
  }
  return null
}
