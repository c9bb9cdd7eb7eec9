/** What a product's name says of the thing itself. */
export interface ProductWords {
  /** What kind of thing it is, in the name's own words; never empty. */
  category: string
  colour: string | null
  size: string | null
}

const COLOURS_CN =
  '米白|米色|奶白|乳白|纯白|雪白|白色|黑色|墨黑|灰色|浅灰|深灰|烟灰|红色|酒红|枣红|砖红|粉色|粉红|裸粉|橙色|橘色|黄色|姜黄|鹅黄|绿色|墨绿|军绿|薄荷绿|蓝色|藏青|藏蓝|雾霾蓝|天蓝|湖蓝|宝蓝|紫色|香芋紫|棕色|咖色|咖啡色|驼色|焦糖色|卡其色|卡其|杏色|燕麦色|银色|金色|香槟色|豆沙色|玫瑰金|[白黑灰红粉橙黄绿蓝紫棕驼杏]'
const COLOURS_EN =
  'ivory|white|black|grey|gray|silver|red|burgundy|pink|rose|orange|yellow|gold|green|mint|olive|blue|navy|turquoise|purple|lilac|lavender|brown|beige|cream|chocolate|natural|clear'
const SIZE_CN = '均码|大码|小码|加大|(?:3[3-9]|4[0-9]|5[0-2])码|1[4-9][05](?:/\\d{2,3}[ABCY]?)?'
const SIZE_EN = 'x{0,4}[sl]|[2-6]xl|m|small|medium|large|mini|jumbo|extra large'
const COLOUR = new RegExp(`(?<![\\p{Script=Han}])(?:${COLOURS_CN})(?![\\p{Script=Han}])|\\b(?:${COLOURS_EN})\\b`, 'iu')
const COLOUR_LED = new RegExp(`^(?:${COLOURS_CN})(?=[\\p{Script=Han}]{2})`, 'u')
const SIZE = new RegExp(`(?:${SIZE_CN})|(?<![\\w/'’-])(?:${SIZE_EN})(?![\\w'’-])`, 'iu')
/** "set of 6", "pack of 12", "10 ": how many, not what. */
const COUNTS = /\b(?:set|pack|box|string|pair)\s*(?:of|\/)?\s*\d+\b|\b(?:s\/|set\/)\d+\b|\b\d+\b/giu
/** An English name's head stands before the first of these words. */
const TAIL = /\s(?:with|w\/|in|for|from|on|and|design|style|of)\s.*$/iu
const HAN_HEAD = /[\p{Script=Han}]{2,}/gu

/**
 * Category, colour and size read out of a product's name, for shops whose orders carry nothing else. In Chinese and in English the head noun comes last
 * ("羊绒 大衣", "RED WOOLLY HOTTIE"), once colours, sizes, counts and what follows "with", "of", "for" are set aside.
 */
export function readProduct(name: string): ProductWords {
  let rest = name.normalize('NFKC').replaceAll(/[()（）【】[\]"'“”]/gu, ' ')
  const size = SIZE.exec(rest)?.[0] ?? null
  const colour = COLOUR.exec(rest)?.[0] ?? COLOUR_LED.exec(rest)?.[0] ?? null
  if (size) rest = rest.replace(SIZE, ' ')
  rest = rest.replaceAll(new RegExp(COLOUR, 'giu'), ' ').replace(COLOUR_LED, '')
  return {
    category: head(rest) || name.trim() || '?',
    colour: colour?.toLowerCase() ?? null,
    size: size?.toUpperCase() ?? null,
  }
}

function head(rest: string): string {
  const chinese = rest.match(HAN_HEAD)
  if (chinese) return lastWord(chinese.at(-1)!)
  const words = rest
    .replaceAll(COUNTS, ' ')
    .trim()
    .replace(TAIL, '')
    .match(/[\p{L}][\p{L}-]+/gu)
  return singular(words?.at(-1)?.toLowerCase() ?? '')
}

const SEGMENTER = new Intl.Segmenter('zh', { granularity: 'word' })

/** 羊绒圆领针织衫 → 针织衫: the last word, with the one before it where it is a single character. */
function lastWord(text: string): string {
  const words = [...SEGMENTER.segment(text)].map(({ segment }) => segment)
  const last = words.at(-1) ?? text
  return last.length > 1 ? last : `${words.at(-2) ?? ''}${last}`
}

const singular = (word: string): string =>
  word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word

/** The colours and sizes a sentence names: those of two characters and more, since a single one is in every other word. */
export const coloursIn = (text: string): string[] => [
  ...new Set((text.match(new RegExp(COLOURS_CN.replace(/\|\[.*$/u, ''), 'gu')) ?? []).map((colour) => colour)),
]
export const sizesIn = (text: string): string[] => [
  ...new Set(
    (text.match(/(?<![\w])(?:x{0,4}[sl]|[2-6]xl|m)(?=\s*码)|均码|(?:3[3-9]|4[0-9]|5[0-2])码/giu) ?? []).map((size) =>
      size.toUpperCase(),
    ),
  ),
]
