import { pinyin } from 'pinyin-pro'
import { FORMS } from '../../server/features/ask/engine/traditional.ts'

const HAN = /\p{Script=Han}/u

/** How people really write: each changes a question, the same way every time for the same question and `seed`. */
export type Perturbation = (question: string, seed: number) => string

/**
 * What is done to questions before they are asked: characters that only sound alike (one in five, one at least), traditional characters, one character left out
 * and two swapped, and manners around it. `texts`: whose characters typists would pick, the usual ones first.
 */
export function perturbations(texts: readonly string[]): Record<string, Perturbation> {
  const alike = soundalikes(texts)
  const traditional = new Map([...FORMS].map(([old, now]) => [now, old]))
  return {
    'characters that sound alike': (question, seed) => {
      const random = dice(seed)
      const chars = [...question]
      const places = shuffled(
        chars.flatMap((char, at) => ((alike.get(char)?.length ?? 0) > 0 ? [at] : [])),
        random,
      )
      for (const at of places.slice(0, Math.max(1, Math.round(chars.length / 5)))) {
        const others = alike.get(chars[at]!)!
        // Typists pick from the first of the list.
        chars[at] = others[Math.floor(random() * Math.min(5, others.length))]!
      }
      return chars.join('')
    },
    'traditional characters': (question) => [...question].map((char) => traditional.get(char) ?? char).join(''),
    'one left out, two swapped': (question, seed) => {
      const random = dice(seed)
      const chars = [...question]
      if (chars.length < 4) return question
      chars.splice(Math.floor(random() * chars.length), 1)
      const at = Math.floor(random() * (chars.length - 1))
      ;[chars[at], chars[at + 1]] = [chars[at + 1]!, chars[at]!]
      return chars.join('')
    },
    'manners around it': (question, seed) => {
      const random = dice(seed)
      const one = (list: readonly string[]) => list[Math.floor(random() * list.length)]!
      return `${one(BEFORE)}${question}${one(AFTER)}`
    },
  }
}

const BEFORE = ['亲，你好，请问', '您好，麻烦问一下，', '在吗？我想问下', '不好意思打扰了，', '哈喽，想咨询一下']
const AFTER = ['呀？谢谢啦', '，麻烦您了', '呢亲', '？在线等，急', '，辛苦帮忙看看哦']

/** For each character the others with the same syllable, whatever the tone; the usual ones first. */
function soundalikes(texts: readonly string[]): Map<string, string[]> {
  const counts = new Map<string, number>()
  for (const text of texts) for (const char of text) if (HAN.test(char)) counts.set(char, (counts.get(char) ?? 0) + 1)
  const bySound = new Map<string, string[]>()
  for (const [char] of [...counts].sort((a, b) => b[1] - a[1])) {
    const sound = pinyin(char, { toneType: 'none', v: true })
    const known = bySound.get(sound)
    if (known) known.push(char)
    else bySound.set(sound, [char])
  }
  const alike = new Map<string, string[]>()
  for (const chars of bySound.values())
    for (const char of chars)
      alike.set(
        char,
        chars.filter((one) => one !== char),
      )
  return alike
}

function shuffled<T>(list: T[], random: () => number): T[] {
  for (let at = list.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    ;[list[at], list[other]] = [list[other]!, list[at]!]
  }
  return list
}

/** Mulberry32. Uniform on [0, 1). */
function dice(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
