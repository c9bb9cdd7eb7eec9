import type { CustomerCard } from './customers.ts'
import { DAY_MS, SHOP_MS } from './shop-time.ts'

/** What a reply may ask for by name, written `{{称呼}}` or, with words for when it is unknown, `{{称呼|您}}`. `{{?到店时间}}` asks the rep each time. */
export const VARIABLES = [
  '称呼',
  '客户备注',
  '我的名字',
  '门店',
  '最近订单.商品',
  '最近订单.日期',
  '最近订单.物流',
  '偏好.品类',
  '偏好.颜色',
  '偏好.尺码',
] as const
export type Variable = (typeof VARIABLES)[number]
export type VariableValues = Partial<Record<Variable, string>>

/** A stretch of a filled text. `variable` names where it came from; null for the writer's own words. */
export interface Span {
  text: string
  variable: string | null
}
export interface Filled {
  spans: Span[]
  text: string
  /** Names that stop the send: unknown ones, and known ones with neither a value nor a fallback. */
  missing: string[]
}

// People type templates with a Chinese keyboard, so full-width braces and bars count too.
const SLOT = /[{｛]{2}([^{}｛｝]*[^{}｛｝\s][^{}｛｝]*)[}｝]{2}/g

/** `?到店时间`, in either width. */
export const isPrompt = (name: string): boolean => /^[?？].*\S/.test(name.slice(0, 40))

export const isVariable = (name: string): name is Variable => (VARIABLES as readonly string[]).includes(name)

/**
 * Puts values into a text in one pass: a value that itself looks like a variable stays plain text, braces that do not pair are literal.
 * `asked`: what the rep answered to the prompts, by name with its mark. An empty fallback (`{{称呼|}}`) is the writer's choice to say nothing.
 */
export function fillText(text: string, values: VariableValues, asked: Readonly<Record<string, string>> = {}): Filled {
  const spans: Span[] = []
  const missing: string[] = []
  let from = 0
  for (const slot of text.matchAll(SLOT)) {
    if (slot.index > from) spans.push({ text: text.slice(from, slot.index), variable: null })
    from = slot.index + slot[0].length
    const [name, fallback] = nameAndFallback(slot[1] ?? '')
    const known = isVariable(name) ? values[name] : isPrompt(name) ? asked[name] : undefined
    const value = isVariable(name) || isPrompt(name) ? known?.trim() || fallback : undefined
    if (value === undefined && !missing.includes(name)) missing.push(name)
    if (value !== '') spans.push({ text: value ?? slot[0], variable: name })
  }
  if (from < text.length) spans.push({ text: text.slice(from), variable: null })
  return { spans, text: spans.map((span) => span.text).join(''), missing }
}

/** What a text asks the rep for, in its order: names with their mark. */
export const promptsIn = (text: string): string[] => [...new Set(variablesIn(text).filter(isPrompt))]

/** The names of the variables a text still shows as braces: nothing a customer should read. */
export const variablesIn = (text: string): string[] =>
  [...text.matchAll(SLOT)].map((slot) => nameAndFallback(slot[1] ?? '')[0])

function nameAndFallback(inside: string): [string, string | undefined] {
  const bar = inside.search(/[|｜]/)
  return bar < 0 ? [inside.trim(), undefined] : [inside.slice(0, bar).trim(), inside.slice(bar + 1).trim()]
}

/** What this customer's card can fill in. The last order is the newest sale; a refund is nothing to greet someone with. */
export function valuesOf(card: Pick<CustomerCard, 'me' | 'follow' | 'orders' | 'tastes'>): VariableValues {
  const liked = (kind: string) => card.tastes.find((word) => word.startsWith(`${kind}:`))?.slice(kind.length + 1) ?? ''
  const sale = card.orders.find((order) => order.kind === 'sale')
  return {
    称呼: card.follow.salutation,
    客户备注: card.follow.remark,
    我的名字: card.me.name,
    门店: card.me.storeName ?? '',
    '最近订单.商品': sale?.items[0]?.name ?? '',
    '最近订单.日期': sale ? chineseDay(sale.orderedAt) : '',
    '最近订单.物流': sale?.logistics ?? '',
    '偏好.品类': liked('category'),
    '偏好.颜色': liked('colour'),
    '偏好.尺码': liked('size'),
  }
}

/** `11月10日` in China, which has kept UTC+8 all year since 1991. Takes Postgres' text form as well, which Safari cannot parse. */
function chineseDay(at: string): string {
  const there = new Date(Date.parse(isoOf(at)) + SHOP_MS)
  return `${there.getUTCMonth() + 1}月${there.getUTCDate()}日`
}

const isoOf = (at: string): string =>
  at
    .replace(' ', 'T')
    .replace(/(\.\d{3})\d+/, '$1')
    .replace(/([+-]\d\d):?(\d\d)?$/, (_, hours: string, minutes = '00') => `${hours}:${minutes}`)

const OLD_DAYS = 60

/** Days since the order that these names were filled from, where that is long ago enough to be told; null otherwise. */
export function ageOf(names: (string | null)[], card: Pick<CustomerCard, 'orders'>, now = new Date()): number | null {
  const sale = card.orders.find((order) => order.kind === 'sale')
  if (!sale || !names.some((name) => name?.startsWith('最近订单.'))) return null
  const days = Math.floor((now.getTime() - Date.parse(isoOf(sale.orderedAt))) / DAY_MS)
  return days >= OLD_DAYS ? days : null
}
