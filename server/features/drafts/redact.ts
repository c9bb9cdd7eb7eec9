import { personsIn } from './persons.ts'
import { withoutUnseen } from './text.ts'

/** Where the customer is called: the only blank that comes back as a word. */
export const CALLED = '〔称呼〕'

/** What is taken out before a text leaves the house, and the blank left in its place. In this order: the longer before what could be part of it. */
const TAKEN: [pattern: RegExp, blank: string][] = [
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '〔邮箱〕'],
  [/(?<!\d)\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)/g, '〔证件〕'],
  [/(?<!\d)(?:\+?86[\s-]?)?1[\s-]?[3-9](?:[\s-]?\d){9}(?!\d)/g, '〔电话〕'],
  [/(?<!\d)(?:\(0\d{2,3}\)|0\d{2,3})[\s-]?\d{7,8}(?!\d)|(?<!\d)[48]00[\s-]?\d{3}[\s-]?\d{4}(?!\d)/g, '〔电话〕'],
  [/[零〇一二三四五六七八九幺]{7,}/g, '〔电话〕'],
  [/(?<!\d)\d(?:[\s-]?\d){6,}[Xx]?(?!\d)/g, '〔号码〕'],
  [/(?:微信号?|wx|vx|v信|薇信|qq)\s*(?:号|是|[:：])?\s*[a-z][\w-]{4,}/gi, '〔微信〕'],
  [
    /(?:[\p{Script=Han}]{2,8}(?:省|自治区))?[\p{Script=Han}]{2,7}市[\p{Script=Han}]{1,7}[区县市][\p{Script=Han}\d]{0,24}(?:[号弄栋幢楼室层]|单元)?[\d-]*[室号]?/gu,
    '〔地址〕',
  ],
  [
    /[\p{Script=Han}]{1,10}(?:路|街|大道|巷|弄|胡同|小区|花园|公寓|新村|家园|苑)[\p{Script=Han}\d-]{0,12}?\d+\s*(?:号楼?|弄|栋|幢|单元|座|室|楼|层)[\d\p{Script=Han}-]{0,10}?(?:\d+\s*(?:号|室|单元|层))*/gu,
    '〔地址〕',
  ],
  [/\d+\s*(?:号楼|栋|幢|弄)\s*(?:\d+\s*单元)?\s*\d{2,5}\s*室?/g, '〔地址〕'],
  [/@[\p{Script=Han}\w]{2,10}(?=\s|$)/gu, '〔某人〕'],
]
const LINK = /(?:https?:\/\/|www\.)[^\s，。；！？、）)】"'“”]+/gi

export interface People {
  /** What the customer is called, by anybody. */
  self: string[]
  /** Everybody else who may be named: colleagues, other customers of the caller's. */
  others: string[]
}

/**
 * A text as the model may see it: without numbers, addresses and names of anybody. Its own brackets become plain ones, so that nobody's words
 * look like a blank of ours. `links`: those of the library and of the rep's own text stay.
 */
export function redact(text: string, { self, others }: People, links: 'keep' | 'take'): string {
  let rest = halfWidth(withoutUnseen(text)).replaceAll('〔', '（').replaceAll('〕', '）')
  const kept: string[] = []
  rest = rest.replace(LINK, (link) => (links === 'take' ? '〔链接〕' : `〔${kept.push(link) - 1}〕`))
  for (const name of longFirst(self)) rest = rest.replaceAll(name, CALLED)
  for (const name of longFirst(others)) rest = rest.replaceAll(name, '〔某人〕')
  for (const [pattern, blank] of TAKEN) rest = rest.replace(pattern, blank)
  for (const name of longFirst(personsIn(rest))) rest = rest.replaceAll(name, '〔某人〕')
  return rest.replace(/〔(\d+)〕/g, (_, at: string) => kept[Number(at)] ?? '')
}

/** One character is a word, not a name. */
const longFirst = (names: string[]): string[] =>
  [...new Set(names.map((name) => name.trim()))]
    .filter((name) => [...name].length > 1)
    .sort((a, b) => b.length - a.length)

/** Full-width digits and letters as everybody else writes them; Chinese marks stay. */
const halfWidth = (text: string): string =>
  text.replace(/[０-９Ａ-Ｚａ-ｚ＠．－＋]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))

export const hasBlank = (text: string): boolean => text.replaceAll(CALLED, '').includes('〔')
