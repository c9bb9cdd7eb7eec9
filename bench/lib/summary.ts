import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Buyers } from '../../server/features/repurchase/fit.ts'

/**
 * Reads one buyer per line: columns x, t_x and T by name in any order, others beside them are let be; without a header the first three. Comma, semicolon, tab
 * or blanks separate; plain or gzipped. Throws with the line where something is no number.
 */
export function readSummary(file: string): Buyers {
  const bytes = readFileSync(file)
  const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8')
  const rows = text
    .replace('\uFEFF', '')
    .split(/\r?\n/)
    .map((line, at) => ({ at: at + 1, cells: cellsOf(line) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
  const head = rows[0]?.cells ?? []
  const headed = head.some((cell) => cell !== '' && Number.isNaN(Number(cell)))
  const places = headed
    ? [placeOf(head, ['x', 'frequency']), placeOf(head, ['t_x', 'tx', 't.x', 'recency']), lastOf(head)]
    : [0, 1, 2]
  if (places.includes(-1))
    throw new Error(`${file}: there are no columns x, t_x and T; the header is ${head.join(', ')}`)
  const body = headed ? rows.slice(1) : rows
  const column = (place: number) =>
    Float64Array.from(body, ({ at, cells }) => {
      const value = Number(cells[place] === '' ? undefined : cells[place])
      if (Number.isNaN(value)) throw new Error(`${file}, line ${at}: “${cells[place] ?? ''}” is no number`)
      return value
    })
  return { x: column(places[0]!), tx: column(places[1]!), t: column(places[2]!) }
}

const cellsOf = (line: string): string[] =>
  (/[,;\t]/.test(line) ? line.split(/[,;\t]/) : line.trim().split(/\s+/)).map((cell) =>
    cell.trim().replaceAll(/^"|"$/g, ''),
  )

const placeOf = (head: string[], names: string[]): number =>
  head.findIndex((cell) => names.includes(cell.toLowerCase()))

/** T by its capital; a lower-case t only where there is no capital one. */
function lastOf(head: string[]): number {
  const exact = head.indexOf('T')
  return exact >= 0 ? exact : placeOf(head, ['t', 't_cal', 'age'])
}
