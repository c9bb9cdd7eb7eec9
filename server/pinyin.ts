import { customPinyin, pinyin, polyphonic } from 'pinyin-pro'

/** How a title sounds, for searching by keyboard: `pinyin` with a space between syllables, `initials` their first letters. */
export interface Readings {
  pinyin: string
  initials: string
}

/** Shop words whose reading the dictionary's phrases miss. */
customPinyin({
  店长: 'diàn zhǎng',
  调货: 'diào huò',
  抽中: 'chōu zhòng',
  着装: 'zhuó zhuāng',
  系带: 'xì dài',
  薄外套: 'báo wài tào',
})

/**
 * Lower-case readings of a Chinese title: `退换货` → `tui huan huo`, `thh`. Characters with several readings are read in
 * their phrase (重新 chong xin, 重量 zhong liang). Latin words and numbers stay whole, ü is
 * typed v; punctuation and emoji are left out.
 */
export function readings(text: string): Readings {
  const syllables = pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true })
    .flatMap((s) => s.toLowerCase().split(/[^\p{L}\p{N}]+/u))
    .filter((s) => s !== '')
  return { pinyin: syllables.join(' '), initials: syllables.map((s) => s[0]).join('') }
}

/**
 * The same, but a character with several readings keeps them all, the likeliest first: 重量 → `zhong/chong liang`. Whoever types another
 * reading than the phrase's finds it too.
 */
export function allReadings(text: string): Readings {
  const likeliest = readings(text)
  const others = [...text]
    .filter((char) => HAN.test(char))
    .map((char) => polyphonic(char, { toneType: 'none', type: 'array', v: true })[0] ?? [])
  const syllables = likeliest.pinyin.split(' ')
  let nth = 0
  const all = syllables.map((syllable) => {
    const candidates = others[nth]
    if (!candidates?.includes(syllable)) return syllable
    nth++
    return [...new Set([syllable, ...candidates])].join('/')
  })
  return nth === others.length ? { ...likeliest, pinyin: all.join(' ') } : likeliest
}

const HAN = /\p{Script=Han}/u
