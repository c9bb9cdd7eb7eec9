import type { Taste, TasteKind } from '#shared/tastes.ts'
import { BANDS, RHYTHMS } from '#shared/tastes.ts'
import { coloursIn, type ProductWords, readProduct, sizesIn } from '#shared/product-words.ts'

export interface BoughtLine {
  orderId: string
  at: string
  name: string
  quantity: number
  unitPriceFen: number
}
export interface SaidNote {
  id: string
  at: string
  body: string
}

/** Seen once it is chance; twice it is a taste. */
const LEAST = 2
const MOST: Record<TasteKind, number> = { category: 3, colour: 2, size: 2, band: 1, rhythm: 1 }
export const ROWS = 5

export const bandOf = (fen: number): string =>
  String(BANDS.findIndex(([from, below]) => fen >= from * 100 && (below === null || fen < below * 100)))

/** Names repeat, and reading one takes a hundred times as long as looking it up; a shop that writes something new into each must not fill the memory. */
const READ = new Map<string, ProductWords>()
const MOST_NAMES = 50_000

export function productWords(name: string): ProductWords {
  const known = READ.get(name)
  if (known) return known
  const words = readProduct(name)
  if (READ.size < MOST_NAMES) READ.set(name, words)
  return words
}

/** The words of one line of an order. */
export function wordsOf({ name, unitPriceFen }: Pick<BoughtLine, 'name' | 'unitPriceFen'>): [TasteKind, string][] {
  const { category, colour, size } = productWords(name)
  const words: [TasteKind, string][] = [['category', category]]
  if (colour) words.push(['colour', colour])
  if (size) words.push(['size', size])
  if (unitPriceFen > 0) words.push(['band', bandOf(unitPriceFen)])
  return words
}

/** The rhythm somebody buys in, of the days of their purchases; undefined before there are two gaps. */
export function rhythmIn(days: readonly number[]): { value: string; days: number; gaps: number } | undefined {
  const sorted = [...new Set(days)].sort((a, b) => a - b)
  const gaps = sorted.slice(1).map((day, at) => day - sorted[at]!)
  if (gaps.length < LEAST) return undefined
  gaps.sort((a, b) => a - b)
  const middle = (gaps[(gaps.length - 1) >> 1]! + gaps[gaps.length >> 1]!) / 2
  const band = RHYTHMS.findIndex(([from, below]) => middle >= from && (below === null || middle < below))
  return { value: String(band), days: Math.round(middle), gaps: gaps.length }
}

/**
 * Categories, colours, sizes and the price band somebody likes: what they bought at least twice (or bought and spoke of), most often first. Lines of refunds
 * have negative quantities and take their sale away again. Newest first in, newest rows out.
 */
export function readTastes(
  lines: readonly BoughtLine[],
  notes: readonly SaidNote[],
  denied: ReadonlySet<string>,
): Taste[] {
  const tastes = new Map<string, Taste>()
  const add = (kind: TasteKind, value: string, row: Taste['rows'][number], by = 1) => {
    const word = `${kind}:${value}`
    const taste = tastes.get(word) ?? { word, kind, value, count: 0, rows: [] }
    tastes.set(word, taste)
    taste.count += by
    if (by > 0 && taste.rows.length < ROWS) taste.rows.push(row)
  }
  for (const { orderId, at, name, quantity, unitPriceFen } of lines)
    for (const [kind, value] of wordsOf({ name, unitPriceFen }))
      add(kind, value, { source: 'order', id: orderId, at, text: name }, quantity < 0 ? -1 : 1)
  for (const { id, at, body } of notes) {
    const row = { source: 'note' as const, id, at, text: body.slice(0, 120) }
    for (const colour of coloursIn(body)) add('colour', colour, row)
    for (const size of sizesIn(body)) add('size', size, row)
  }
  return best([...tastes.values()].filter(({ word, count }) => count >= LEAST && !denied.has(word)))
}

/** The strongest of each kind, in the order of the kinds. */
function best(tastes: Taste[]): Taste[] {
  const sorted = tastes.toSorted((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1))
  return (Object.keys(MOST) as TasteKind[]).flatMap((kind) =>
    sorted.filter((taste) => taste.kind === kind).slice(0, MOST[kind]),
  )
}
