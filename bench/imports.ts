import { createReadStream, createWriteStream, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { writeXlsxStream } from 'hucre/xlsx'
import { openOwnerPool } from '../server/db/client.ts'
import { startEmbeddedPostgres } from '../server/db/embedded.ts'
import { migrateDatabase } from '../server/db/migrate.ts'
import { type Layout, PRESETS } from '../server/features/orders/import/mapping.ts'
import { matchBuyers } from '../server/features/orders/import/match.ts'
import { checkOrders, importOrders } from '../server/features/orders/import/run.ts'
import { undoImport } from '../server/features/orders/import/undo.ts'
import type { Options } from './run.ts'
import { type Figures, type Row, round } from './lib/table.ts'

const REAL = '../shared/data/online-retail.csv.gz'
const HEADING = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country'

/** A million real order lines (the real file twice, its second time under other order numbers) as CSV and as XLSX: check, import, match, take back. */
export async function measure({ small }: Options): Promise<Figures[]> {
  if (!existsSync(REAL)) return [{ name: 'imports', about: 'skipped: the real orders are not there', rows: [] }]
  const rows = small ? 20_000 : 1_000_000
  const dir = mkdtempSync(join(tmpdir(), 'pangbai-imports-'))
  const csv = join(dir, 'orders.csv')
  const xlsx = join(dir, 'orders.xlsx')
  await pipeline(Readable.from(linesOf(rows)), createWriteStream(csv))
  await writeXlsxStream(cellsOf(rows), { name: 'orders', inlineStrings: false }).pipeTo(
    Writable.toWeb(createWriteStream(xlsx)),
  )
  const found: Row[] = []
  try {
    for (const [name, file] of Object.entries({ CSV: csv, XLSX: xlsx }))
      found.push(...(await measureOf(name, { file, errorsFile: join(dir, 'errors.csv') }, rows)))
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
  return [{ name: 'imports', about: `${rows.toLocaleString('en')} rows of real orders, chunks of 5,000`, rows: found }]
}

/** Each in a database of its own: what an import and its taking back leave behind is no other's burden. */
async function measureOf(name: string, files: { file: string; errorsFile: string }, rows: number): Promise<Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pangbai-bench-'))
  const database = await startEmbeddedPostgres({ dataDir })
  await migrateDatabase(database.target)
  const sql = openOwnerPool(database.target, 4)
  const found: Row[] = []
  try {
    const layout: Layout = { ...(PRESETS['online-retail'] as Layout), source: `bench-${name.toLowerCase()}` }
    const how = { ...files, layout, chunkRows: 5_000 }
    found.push(await timed(`${name}: check, nothing written`, rows, () => checkOrders(sql, how)))
    let id = ''
    found.push(await timed(`${name}: import`, rows, async () => void ({ id } = await importOrders(sql, how))))
    found.push(await timed(`${name}: the same file again`, rows, () => importOrders(sql, how)))
    found.push(await timed(`${name}: match buyers`, rows, () => matchBuyers(sql, layout.source, new Date())))
    found.push(await timed(`${name}: take it back`, rows, () => undoImport(sql, id, new Date())))
    return found
  } finally {
    await sql.end()
    await database.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function timed(what: string, rows: number, work: () => Promise<unknown>): Promise<Row> {
  let peak = 0
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50)
  const began = performance.now()
  await work()
  const seconds = (performance.now() - began) / 1_000
  clearInterval(watch)
  return { what, seconds: round(seconds, 1), 'rows/s': Math.round(rows / seconds), 'peak MB': Math.round(peak / 1e6) }
}

async function* linesOf(rows: number): AsyncGenerator<string> {
  yield `${HEADING}\n`
  let made = 0
  for (let round = 0; ; round++) {
    const text = createReadStream(REAL).pipe(createGunzip())
    let first = true
    for await (const line of createInterface({ input: text, crlfDelay: Infinity })) {
      if (!first) {
        yield `${round === 0 ? '' : line.startsWith('C') ? '' : round}${line}\n`
        if (++made >= rows) return
      }
      first = false
    }
  }
}

async function* cellsOf(rows: number): AsyncGenerator<(string | number)[]> {
  for await (const line of linesOf(rows)) {
    const cells = line.trimEnd().split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
    yield cells.map((cell, i) =>
      (i === 3 || i === 5) && /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell.replace(/^"|"$/g, ''),
    )
  }
}
