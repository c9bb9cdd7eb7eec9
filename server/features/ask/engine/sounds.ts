import { pinyin } from 'pinyin-pro'

const SYLLABLES = new Map<string, string>()

/**
 * How a character sounds to somebody who types: its commonest reading without tone, and what southern speakers and hurried
 * fingers confuse folded together (zh/z, ch/c, sh/s, n/l at the start; ng/n at the end). Latin words and numbers stay.
 */
function soundOf(unit: string): string {
  let sound = SYLLABLES.get(unit)
  if (sound === undefined) {
    const plain = /^[a-z0-9]+$/.test(unit) ? unit : pinyin(unit, { toneType: 'none', v: true })
    sound =
      plain === unit
        ? unit
        : plain
            .replace(/^([zcs])h/, '$1')
            .replace(/^n/, 'l')
            .replace(/ng$/, 'n')
    // Latin words and numbers are without end; characters are not.
    if (plain !== unit) SYLLABLES.set(unit, sound)
  }
  return sound
}

/** Each pair of neighbours: how it sounds, and its characters. */
export const soundPairs = (units: readonly string[]): { sound: string; chars: string }[] =>
  units.slice(1).map((unit, i) => ({ sound: `${soundOf(units[i]!)}+${soundOf(unit)}`, chars: units[i]! + unit }))

/** Syllables, and pairs of them: single ones say little (there are some 400), pairs what was meant. */
export const soundsOf = (units: readonly string[]): string[] => [
  ...units.map(soundOf),
  ...soundPairs(units).map(({ sound }) => sound),
]
