import { writeXlsx } from 'hucre/xlsx'

export type Cell = string | number | null

/** A text that a spreadsheet would run is only shown (OWASP, CSV injection): a quote before it. Numbers are numbers. */
const safe = (cell: Cell): Cell => (typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)

const csvCell = (cell: Cell): string => {
  const text = String(safe(cell) ?? '')
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** UTF-8 with a mark, so that Excel reads Chinese. */
export const toCsv = (rows: Cell[][]): Buffer =>
  Buffer.from(`\ufeff${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`)

/** Texts stay texts: leading zeros are kept. */
export async function toXlsx(rows: Cell[][]): Promise<Buffer> {
  return Buffer.from(await writeXlsx({ sheets: [{ name: '旁白', rows: rows.map((row) => row.map(safe)) }] }))
}
