import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { parse } from 'csv-parse'
import { ImportError } from './mapping.ts'

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

/** A file being read: its text, and how far into the file that reading has got. */
export interface OpenFile {
  text: Readable
  bytesRead(): number
}

/** Opens a plain or gzipped file, told by its first bytes. */
export async function openText(file: string): Promise<OpenFile> {
  const gzip = await isGzip(file)
  const raw = createReadStream(file, { highWaterMark: 1 << 16 })
  const text = gzip ? pipeline(raw, createGunzip({ chunkSize: 1 << 16 }), () => undefined) : raw
  return { text, bytesRead: () => raw.bytesRead }
}

/** SHA-256 over what the file holds and how it is read: the name under which an import resumes. */
export async function fingerprint(file: string, reading: unknown): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(reading))
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await handle.close()
  }
}
