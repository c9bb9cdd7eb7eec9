import type { Library } from '#shared/library.ts'

export interface Row {
  folder: string
  title: string
  text: string
}
const HEADINGS = ['文件夹', '标题', '内容']

/** A line of the file that lacks a title or a text. */
export class BadLine extends Error {
  readonly line: number
  constructor(line: number) {
    super(`line ${line}`)
    this.line = line
  }
}

/** The rows of a CSV or XLSX with three columns; a heading is left out. Throws BadLine. */
export async function readRows(file: File): Promise<Row[]> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
  const cells = isZip ? await xlsxRows(bytes) : await csvRows(bytes)
  return cells.flatMap((row, i) => {
    if (row.every((cell) => cell === '') || (i === 0 && row[0] === HEADINGS[0])) return []
    const [folder = '', title = '', text = ''] = row.map(bare)
    if (!title || !text) throw new BadLine(i + 1)
    return [{ folder, title, text }]
  })
}

const words = (cell: unknown): string => (cell === null || cell === undefined ? '' : String(cell as string).trim())

async function xlsxRows(bytes: Uint8Array): Promise<string[][]> {
  const { readXlsx } = await import('hucre/xlsx')
  return ((await readXlsx(bytes)).sheets[0]?.rows ?? []).map((row) => row.map(words))
}

async function csvRows(bytes: Uint8Array): Promise<string[][]> {
  const { parseCsv } = await import('hucre/csv')
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    text = new TextDecoder('gb18030').decode(bytes)
  }
  return parseCsv(text.replace(/^\ufeff/, '')).map((row) => row.map(words))
}

/** What is shown, as a file: the first text of each reply. */
export async function writeRows({ folders, replies }: Library, format: 'csv' | 'xlsx'): Promise<Blob> {
  const nameOf = new Map(folders.map((folder) => [folder.id, folder.name]))
  const rows = [
    HEADINGS,
    ...replies.flatMap((reply) => {
      const text = reply.parts.find((part) => part.type === 'text')
      return text ? [[nameOf.get(reply.folderId ?? '') ?? '', reply.title, text.text].map(safe)] : []
    }),
  ]
  if (format === 'xlsx') {
    const { writeXlsx } = await import('hucre/xlsx')
    return new Blob([new Uint8Array(await writeXlsx({ sheets: [{ name: '话术', rows }] }))])
  }
  const { writeCsv } = await import('hucre/csv')
  return new Blob(['\ufeff', writeCsv(rows)], { type: 'text/csv' })
}

/** A text that a spreadsheet would run is only shown: a quote before it, which is taken off when it comes in again. So is one before a text that has its own. */
const safe = (cell: string): string => (/^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)
const bare = (cell: string): string => (/^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell)
