import { normalise } from '../ask/service.ts'

/** A note as it is searched. */
export interface SaidNote {
  id: string
  at: string
  body: string
}

/** 喜欢法式 is about 法式, 烛台与香氛 about each of the two. */
const LEAD = /^(?:喜欢|偏好|偏爱|爱|想要|关注)/
const TAIL = /(?:党|控|爱好者)$/
const LEAST = 2

/** The words that speak of a tag: its name, the parts of one that joins two, and what stands for them. */
export function wordsOfTag(name: string, alike: (word: string) => string[]): string[] {
  const bare = name.replace(LEAD, '').replace(TAIL, '')
  const parts = bare.split(/[与和及、/|&+]/u)
  const words = [name, bare, ...parts].map((word) => normalise(word)).filter((word) => word.length >= LEAST)
  return [...new Set(words.flatMap((word) => [word, ...alike(word)]))]
}

/** 不喜欢红色, 别推红色, 讨厌红色; not 不错, 特别, 没想到. */
const DENIED_BEFORE =
  /(?:不(?!错|止|仅|只|但|光|过|妨|断)|没(?!想到|问题|事)|(?<![特个级类分区性])别(?![人的致])|讨厌|拒绝|反感|避开|除了|腻)(?:(?!但|却|而是|更|只|就|换).){0,7}$/u
const DENIED_AFTER =
  /^.{0,3}(?:不(?:喜|要|想|爱|考虑|适合|合适|行|穿|用|买|显|太|是|感)|太(?:艳|亮|跳|老|土|贵|重|深|浅|暗)|显[黑老胖]|算了|没兴趣|没感觉)/u

/** Whether a note speaks of a word, and whether against it. null: not a word of it. What is said for it anywhere outweighs. */
export function spokenOf(body: string, words: readonly string[]): { word: string; denied: boolean } | null {
  let found: { word: string; denied: boolean } | null = null
  for (const clause of normalise(body.replaceAll(/[、和或跟]/gu, '')).split(' '))
    for (const word of words) {
      const at = placeOf(clause, word)
      if (at < 0) continue
      const denied = DENIED_BEFORE.test(clause.slice(0, at)) || DENIED_AFTER.test(clause.slice(at + word.length))
      if (!found || found.denied) found = { word, denied }
    }
  return found
}

/** Letters and digits stand alone: `vip` is not in `vipshop`. */
function placeOf(clause: string, word: string): number {
  if (!/^[\d a-z]+$/.test(word)) return clause.indexOf(word)
  return clause.search(new RegExp(`(?<![\\da-z])${word}(?![\\da-z])`))
}

const AROUND = 14

/** What the newest note that speaks of a tag says; null where none does, or the newest is against it. `notes` newest first. */
export function saidOf(notes: readonly SaidNote[], words: readonly string[]) {
  let newest: (SaidNote & { word: string }) | null = null
  let count = 0
  for (const note of notes) {
    const spoken = spokenOf(note.body, words)
    if (!spoken) continue
    if (spoken.denied && !newest) return null
    if (!spoken.denied) {
      newest ??= { ...note, word: spoken.word }
      count += 1
    }
  }
  return newest && { note: newest.id, at: newest.at, excerpt: excerptOf(newest.body, newest.word), count }
}

function excerptOf(body: string, word: string): string {
  const at = Math.max(0, body.toLowerCase().indexOf(word))
  const [from, to] = [Math.max(0, at - AROUND), at + word.length + AROUND]
  const text = body.slice(from, to).replaceAll(/\s+/gu, ' ').trim()
  return `${from > 0 ? '…' : ''}${text}${to < body.length ? '…' : ''}`
}
