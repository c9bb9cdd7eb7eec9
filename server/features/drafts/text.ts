import { simplified } from '../ask/service.ts'

/** Characters that are there and not seen, or seen and no text: joiners, marks of direction, private use, control. */
const UNSEEN = /[\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Variation_Selector}\u3164\u2800]|(?!\n)\p{Cc}/gu
const AMONG = new RegExp(UNSEEN.source, 'u')

/** What an emoji may be made of besides its pictures. */
const OF_EMOJI = /(?<=[\p{Extended_Pictographic}\d#*])(?:\u200d|\ufe0f)+/gu

export const withoutUnseen = (text: string): string => text.replace(UNSEEN, '')
export const hasUnseen = (text: string): boolean => AMONG.test(text.replace(OF_EMOJI, ''))

/** One spelling for comparing: compatibility forms by NFKC (full width, ①), simplified characters, lower case, thousands without their comma. */
export const plain = (text: string): string =>
  simplified(
    withoutUnseen(text.replace(/(\d),(?=\d{3}(?!\d))/g, '$1'))
      .normalize('NFKC')
      .toLowerCase(),
  )

/** Chinese with what people put between its characters to hide a word taken out: 包 邮, 包-邮, 包*邮. */
export const squeezed = (text: string): string =>
  text.replace(/(?<=[\p{L}\p{N}])[\s*_\-·•.`~|/\\'"“”‘’「」+=^#&\u2010-\u2015]+(?=\p{Script=Han})/gu, '')

/** Sentence by sentence, marks kept. */
export const sentencesOf = (text: string): string[] =>
  (text.match(/[^。！？!?；;～\n]+[。！？!?；;～\n]*/g) ?? []).map((one) => one.trim()).filter((one) => one !== '')

const HAN = /\p{Script=Han}/u
/** Pairs of neighbouring Chinese characters. */
export function pairsOf(text: string): string[] {
  const chars = [...text]
  return chars.slice(1).flatMap((char, i) => (HAN.test(char) && HAN.test(chars[i]!) ? [chars[i]! + char] : []))
}
