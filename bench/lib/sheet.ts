import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'

/** Cells by line, as they stand there; `line` counts from 1. */
export interface SheetRow {
  line: number
  cells: string[]
}

/**
 * Rows of a file of any common make: plain or gzipped; UTF-8, UTF-16 or GB18030, with or without byte-order marks; lines ended in any way; cells parted by
 * tabs, commas, semicolons, bars or blanks, quoted or not; or one JSON object a line. `names` are the columns a JSON object is read for. Blank lines are left out.
 */
export function readSheet(file: string, names: readonly string[]): SheetRow[] {
  const text = decode(readFileSync(file))
  const lines = linesOf(text)
  const first = lines.find(({ text: line }) => line.trim() !== '')?.text ?? ''
  const rows = /^\s*[[{]/.test(first) ? fromJson(text, lines, names) : fromCells(text, lines, first)
  return rows
    .map(({ line, cells }) => ({ line, cells: cells.map((cell) => cell.replaceAll('\uFEFF', '').trim()) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
}

function decode(raw: Buffer): string {
  const bytes = raw[0] === 0x1f && raw[1] === 0x8b ? gunzipSync(raw) : raw
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

const linesOf = (text: string): { line: number; text: string }[] =>
  text.split(/\r\n|\n|\r/).map((one, at) => ({ line: at + 1, text: one }))

/** One object a line, or one list of them. */
function fromJson(text: string, lines: ReturnType<typeof linesOf>, names: readonly string[]): SheetRow[] {
  const listed = text.trimStart().startsWith('[')
  const objects = listed
    ? (JSON.parse(text) as object[]).map((one, at) => ({ line: at + 1, one }))
    : lines
        .filter((each) => each.text.trim() !== '')
        .map((each) => ({ line: each.line, one: JSON.parse(each.text.replace(/^\uFEFF/, '')) as object }))
  const keys = Object.keys(objects[0]?.one ?? {})
  const known = keys.filter((key) => columnOf([key], names) >= 0)
  const columns = known.length > 0 ? known : keys
  const rows = objects.map(({ line, one }) => ({
    line,
    cells: columns.map((key) => String((one as Record<string, unknown>)[key] ?? '')),
  }))
  return [{ line: 0, cells: columns }, ...rows]
}

function fromCells(text: string, lines: ReturnType<typeof linesOf>, first: string): SheetRow[] {
  const delimiter = ['\t', ',', ';', '|'].find((sign) => first.includes(sign))
  if (delimiter === undefined)
    return lines.map(({ line, text: one }) => ({ line, cells: one.trim().split(/\s+/).map(unquoted) }))
  // In text parted by tabs a quote mostly is just a quote: the plain cut is right where it gives every line the same number of cells.
  if (delimiter === '\t') {
    const rows = lines
      .filter((each) => each.text.trim() !== '')
      .map((each) => ({ line: each.line, cells: each.text.split('\t').map(unquoted) }))
    if (rows.every(({ cells }) => cells.length === rows[0]!.cells.length) || !text.includes('"')) return rows
    const quoted = parsed(text, delimiter)
    const width = rows[0]!.cells.length
    const odd = (some: SheetRow[]) => some.filter(({ cells }) => cells.length !== width).length
    return quoted && odd(quoted) < odd(rows) ? quoted : rows
  }
  return (
    parsed(text, delimiter) ??
    lines.map((each) => ({ line: each.line, cells: each.text.split(delimiter).map(unquoted) }))
  )
}

/** undefined where the quotes do not come out even. */
function parsed(text: string, delimiter: string): SheetRow[] | undefined {
  try {
    const rows = parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      info: true,
    }) as unknown as { record: string[]; info: { lines: number } }[]
    return rows.map(({ record, info }) => ({ line: info.lines, cells: record }))
  } catch {
    return undefined
  }
}

const unquoted = (cell: string): string => {
  const bare = cell.trim()
  return bare.length > 1 && bare.startsWith('"') && bare.endsWith('"') ? bare.slice(1, -1).replaceAll('""', '"') : bare
}

/** Which column is called one of these, whatever the capitals, blanks and underscores; −1: none. */
export function columnOf(head: readonly string[], names: readonly string[]): number {
  const plain = (name: string) => name.toLowerCase().replaceAll(/[\s_.-]/g, '')
  for (const name of names) {
    const at = head.findIndex((cell) => plain(cell) === plain(name))
    if (at >= 0) return at
  }
  return -1
}
