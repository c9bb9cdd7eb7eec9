import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Sql } from 'postgres'
import { type Checkpoint, type Counts, openCheckpoint } from './checkpoint.ts'
import { addLine, emptyChunk, type Seen } from './chunk.ts'
import { openErrorsFile } from './errors-file.ts'
import { lineReader } from './line.ts'
import { ImportError, type Layout, locate } from './mapping.ts'
import { fingerprint, openRecords } from './records.ts'
import { chunkWriter, type ChunkWriter, countingWriter, type Would } from './writer.ts'

export interface ImportOptions {
  file: string
  layout: Layout
  /** Where the rows that were left out are written. */
  errorsFile: string
  /** Milliseconds added to every date. */
  shift?: number
  /** Rows in one transaction. */
  chunkRows?: number
  now?: () => Date
  onProgress?: (progress: { rows: number; share: number }) => void
}

/** `counts.stored` rows became order lines; the other keys are the reasons for which rows were left out. */
export interface ImportReport {
  /** Of the import, for taking it back. */
  id: string
  rows: number
  counts: Counts
  /** Rows that an earlier, interrupted run had done. */
  resumedAt: number
  /** The whole file had been imported before: nothing was read or written. */
  alreadyDone: boolean
}

/**
 * Imports a CSV of order lines, gzipped or plain, in transactions that carry their own checkpoint: killed at any point, the next run of
 * the same file ends with the same rows and sums. Throws ImportError with a sentence for whoever started it.
 */
export async function importOrders(sql: Sql, options: ImportOptions): Promise<ImportReport> {
  const { file, layout, shift = 0, now = () => new Date() } = options
  const start = await openCheckpoint(sql, {
    source: layout.source,
    currency: layout.currency,
    fingerprint: await fingerprint(file, { layout, shift }),
    fileName: basename(file),
    now: now(),
  })
  const resumed = { resumedAt: start.rowsDone, alreadyDone: start.finished }
  if (start.finished) return { id: start.id, rows: start.rowsDone, counts: start.counts, ...resumed }
  const writer = chunkWriter(sql, layout, start, now)
  return { id: start.id, ...(await importRows(start, writer, { ...options, shift })), ...resumed }
}

/** Reads the whole file as an import would and writes nothing: what would become of each row, and of which orders. */
export async function checkOrders(
  sql: Sql,
  options: ImportOptions,
): Promise<{ rows: number; counts: Counts; would: Would }> {
  const { writer, would } = countingWriter(sql, options.layout)
  const start = { id: '', rowsDone: 0, counts: {}, finished: false }
  const read = await importRows(start, writer, { ...options, shift: options.shift ?? 0 })
  return { ...read, would }
}

async function importRows(
  start: Checkpoint,
  writer: ChunkWriter,
  options: ImportOptions & { shift: number },
): Promise<{ rows: number; counts: Counts }> {
  const { file, layout, chunkRows = 10_000, onProgress } = options
  const { size } = await stat(file)
  const { records, bytesRead } = await openRecords(file)
  const heading = await records.next()
  if (heading.done) throw new ImportError('文件是空的')
  const headings = heading.value.fields.map((name) => name.trim())
  const read = lineReader(layout, locate(layout.mapping, headings), options.shift)
  const errors = await openErrorsFile(options.errorsFile, headings)
  const counts = { ...start.counts }
  const seen: Seen = new Map()
  let chunk = emptyChunk()
  let rows = 0
  try {
    for await (const record of records) {
      rows += 1
      chunk.rows += 1
      const line = read(record.fields)
      const reason = typeof line === 'string' ? line : addLine(chunk, seen, line)
      if (reason) errors.add(record, reason)
      // What an earlier run had done is read again, for the errors file and for the orders it began, and dropped.
      const done = rows <= start.rowsDone
      if (!done) counts[reason ?? 'stored'] = (counts[reason ?? 'stored'] ?? 0) + 1
      if (chunk.rows < chunkRows && rows !== start.rowsDone) continue
      await errors.flush()
      if (!done) await writer.hand(chunk, counts)
      chunk = emptyChunk()
      onProgress?.({ rows, share: bytesRead() / size })
    }
    await writer.hand(chunk, counts, true)
    await writer.done()
  } finally {
    await writer.still()
    await errors.close()
  }
  return { rows, counts }
}
