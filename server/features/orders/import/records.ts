import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline, Readable, Transform } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { parse } from 'csv-parse'
import { streamXlsxRows } from 'hucre/xlsx'
import { ImportError } from './mapping.ts'
import { takeAhead } from './take-ahead.ts'

/** A quote that never closes would swallow the rest of the file. */
const LONGEST_ROW = 1_000_000

/** One row of a CSV file and the line it begins on, counted from 1. */
export interface FileRecord {
  line: number
  fields: string[]
}

/** The rows of a CSV text, one at a time; quoted cells may hold line breaks. Blank lines are left out. */
export async function* readRecords(text: Readable): AsyncGenerator<FileRecord> {
  const parser = parse({ bom: true, relax_column_count: true, relax_quotes: true, max_record_size: LONGEST_ROW })
  // A failure of either end surfaces in the loop below, which reads the parser to its end or its error.
  pipeline(text, parser, () => undefined)
  let line = 1
  try {
    for await (const fields of parser as AsyncIterable<string[]>) {
      if (fields.length > 1 || fields[0]) yield { line, fields }
      line += 1
      for (const field of fields) if (field.includes('\n')) line += field.split('\n').length - 1
    }
  } catch (cause) {
    throw unreadable(cause, line)
  }
}

/** What is wrong with the file in a sentence; anything else is not the file's fault. Rows up to there are stored. */
function unreadable(cause: unknown, line: number): unknown {
  const code = cause instanceof Error ? String((cause as { code?: unknown }).code) : ''
  if (code === 'CSV_QUOTE_NOT_CLOSED')
    return new ImportError(`从第 ${line} 行起有一个引号没有闭合，改好后再导入`, { cause })
  if (code === 'CSV_MAX_RECORD_SIZE')
    return new ImportError(`第 ${line} 行超过 ${LONGEST_ROW} 个字符，多半是前面的引号没有闭合`, { cause })
  if (code.startsWith('CSV_')) return new ImportError(`第 ${line} 行不是有效的 CSV（${code}）`, { cause })
  return code.startsWith('Z_') ? new ImportError('这个 .gz 文件不完整或已损坏，请重新上传', { cause }) : cause
}

/** What a file is, told by what it holds and never by its name. */
export interface FileKind {
  kind: 'csv' | 'xlsx'
  gzip: boolean
  encoding: 'utf-8' | 'gb18030' | 'utf-16le'
}

/** Reads the whole text once: one byte that is not UTF-8 makes it GB18030, as files from Chinese systems are. */
export async function kindOf(file: string): Promise<FileKind> {
  const head = await firstBytes(file)
  if (head.subarray(0, 4).equals(ZIP)) return { kind: 'xlsx', gzip: false, encoding: 'utf-8' }
  const gzip = head[0] === 0x1f && head[1] === 0x8b
  const strict = new TextDecoder('utf-8', { fatal: true })
  let first = true
  try {
    for await (const chunk of bytesOf(file, gzip).bytes as AsyncIterable<Buffer>) {
      if (first && chunk[0] === 0xff && chunk[1] === 0xfe) return { kind: 'csv', gzip, encoding: 'utf-16le' }
      first = false
      strict.decode(chunk, { stream: true })
    }
    strict.decode()
    return { kind: 'csv', gzip, encoding: 'utf-8' }
  } catch (cause) {
    if (cause instanceof TypeError) return { kind: 'csv', gzip, encoding: 'gb18030' }
    throw unreadable(cause, 1)
  }
}

const ZIP = Buffer.from('PK\u0003\u0004', 'latin1')

/** The rows of a file and how many of its bytes were read for them. */
export interface OpenFile {
  records: AsyncGenerator<FileRecord>
  bytesRead(): number
}

/** Opens a CSV (plain or gzipped, in any of the three encodings) or the first sheet of an XLSX. */
export async function openRecords(file: string, known?: FileKind): Promise<OpenFile> {
  const { kind, gzip, encoding } = known ?? (await kindOf(file))
  const { bytes, bytesRead } = bytesOf(file, gzip)
  if (kind === 'xlsx') return { records: readSheet(bytes), bytesRead }
  const text = encoding === 'utf-8' ? bytes : pipeline(bytes, decoder(encoding), () => undefined)
  return { records: readRecords(text), bytesRead }
}

function bytesOf(file: string, gzip: boolean): { bytes: Readable; bytesRead(): number } {
  const raw = createReadStream(file, { highWaterMark: 1 << 16 })
  const bytes = gzip ? pipeline(raw, createGunzip({ chunkSize: 1 << 16 }), () => undefined) : raw
  return { bytes, bytesRead: () => raw.bytesRead }
}

/** Other encodings as UTF-8. */
function decoder(encoding: string): Transform {
  const text = new TextDecoder(encoding)
  return new Transform({
    transform: (chunk: Buffer, _, done) => done(null, text.decode(chunk, { stream: true })),
    flush: (done) => done(null, text.decode()),
  })
}

/** Rows of the first sheet, cells as text: dates as `2026-03-11 09:30:00`, numbers as they are written. */
async function* readSheet(bytes: Readable): AsyncGenerator<FileRecord> {
  try {
    const rows = streamXlsxRows(Readable.toWeb(bytes) as ReadableStream<Uint8Array>)
    for await (const { index, values } of takeAhead(rows)) {
      const fields = values.map(cellText)
      if (fields.some((field) => field !== '')) yield { line: index + 1, fields }
    }
  } catch (cause) {
    if (cause instanceof ImportError) throw cause
    throw new ImportError('这个 XLSX 打不开：可能有密码、已损坏，或不是真正的 XLSX', { cause })
  }
}

const cellText = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 19).replace('T', ' ')
  if (typeof value === 'number') return String(Number(value.toPrecision(15)))
  return typeof value === 'string' ? value : String(value as boolean)
}

/** SHA-256 over what the file holds and how it is read: the name under which an import resumes. */
export async function fingerprint(file: string, reading: unknown): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(reading))
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

async function firstBytes(file: string): Promise<Buffer> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}
