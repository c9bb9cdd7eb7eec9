import type { Buyers } from '../../server/features/repurchase/fit.ts'
import { columnOf, readSheet } from './sheet.ts'

const NAMES = {
  x: ['x', 'frequency', 'freq', 'repeats', 'p1x'],
  tx: ['t_x', 't.x', 'recency', 'last'],
  t: ['T', 'T_cal', 'T.cal', 'age', 'n_cal', 'length_of_observation'],
}

export interface Summaries {
  buyers: Buyers
  /** Lines of which x, t_x or T is no number. */
  skipped: number
}

/**
 * One buyer per line, out of any sheet `readSheet` can read: columns x, t_x and T by name in any order and case, others beside them are let be; without a header
 * the first three neighbours that can be such. Throws where no line has all three.
 */
export function readSummary(file: string): Summaries {
  const rows = readSheet(file, [...NAMES.x, ...NAMES.tx, ...NAMES.t])
  const head = rows[0]?.cells ?? []
  const headed = head.some((cell) => cell !== '' && Number.isNaN(numberIn(cell)))
  const body = (headed ? rows.slice(1) : rows).map(({ cells }) => cells)
  // R writes the names of rows without a name for their column.
  const shift = headed && body[0]?.length === head.length + 1 ? 1 : 0
  const [x, tx, t] = headed
    ? [columnOf(head, NAMES.x), columnOf(head, NAMES.tx), lastOf(head)].map((at) => (at < 0 ? at : at + shift))
    : placesOf(body)
  if ([x, tx, t].some((at) => at === undefined || at < 0))
    throw new Error(`${file}: there are no columns x, t_x and T; the first line is ${head.join(', ')}`)
  const found = body
    .map((cells) => [cells[x!], cells[tx!], cells[t!]].map(numberIn))
    .filter((values) => !values.some(Number.isNaN))
  if (found.length === 0) throw new Error(`${file}: no line has numbers for x, t_x and T`)
  return {
    buyers: {
      x: Float64Array.from(found, (values) => values[0]!),
      tx: Float64Array.from(found, (values) => onlyRounding(values[1]!, values[2]!)),
      t: Float64Array.from(found, (values) => values[2]!),
    },
    skipped: body.length - found.length,
  }
}

const numberIn = (cell: string | undefined): number => (cell ? Number(cell) : Number.NaN)

/** T by its capital; a lower-case t only where there is no capital one. */
function lastOf(head: readonly string[]): number {
  const exact = head.indexOf('T')
  return exact >= 0 ? exact : columnOf(head, NAMES.t)
}

/** Rounded apart, a last purchase on the last day may come to lie behind it. */
const onlyRounding = (tx: number, t: number): number => (tx > t && tx - t < 1e-3 * Math.max(1, t) ? t : tx)

/** Neighbours of which the first is a whole number and the second not beyond the third, in every line: an id before them is not. */
function placesOf(body: string[][]): number[] {
  const width = Math.max(0, ...body.slice(0, 100).map((cells) => cells.length))
  for (let at = 0; at + 2 < width; at++) {
    const can = body.every((cells) => {
      const [x, tx, t] = cells.slice(at, at + 3).map(numberIn)
      return Number.isInteger(x) && tx! >= 0 && tx! <= t! && t! > 0 && (x! > 0 || tx === 0)
    })
    if (can) return [at, at + 1, at + 2]
  }
  return width >= 3 ? [0, 1, 2] : []
}
