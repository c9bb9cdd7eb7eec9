import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { openPool } from '#server/db/client.ts'
import { createDatabase } from '#server/testing/database.ts'
import { type Layout, PRESETS } from './mapping.ts'
import { importOrders } from './run.ts'

const database = await createDatabase()
const sql = openPool(database.target, 4)
const folder = mkdtempSync(join(tmpdir(), 'pangbai-import-'))
afterAll(async () => {
  await sql.end()
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

const HEADING = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country'
const layoutOf = (source: string): Layout => ({ ...(PRESETS['online-retail'] as Layout), source })

/** Two thousand lines: sales, refunds, rows without a customer, with bad numbers and dates; an invoice's lines need not stand together. */
function linesOf(): string[] {
  return Array.from({ length: 2_000 }, (_, n) => {
    const invoice = `${n % 40 === 7 ? 'C' : ''}${10_000 + (n % 300)}`
    const quantity = n % 211 === 3 ? 'many' : n % 40 === 7 ? -1 : 1 + (n % 9)
    const at = n % 307 === 5 ? '2011-13-45 08:00:00' : '2011-03-04 08:26:00'
    const member = n % 5 === 0 ? '' : `${17_000 + (n % 300)}.0`
    return `${invoice},S${n},"NAME, ${n}",${quantity},${at},${(n % 100) / 4},${member},France`
  })
}

const isGood = (line: string) => !/,many,|2011-13-45|,,France$/.test(line)
/** What the file is worth, computed without any of the importer's code, in pence. */
function worthOf(lines: string[]): number {
  return lines.filter(isGood).reduce((sum, line) => {
    const [, quantity, , price] = /,(-?\d+),([^,]+),([\d.]+),/.exec(line) ?? []
    return sum + Number(quantity) * Math.round(Number(price) * 100)
  }, 0)
}

async function stored(source: string) {
  const [row] = await sql<{ orders: number; worth: string; items: number; stats: string }[]>`
    select count(*)::int as orders, sum(amount_fen)::text as worth, sum(jsonb_array_length(items))::int as items,
      (select sum(spend_fen - refund_fen)::text from buyer_stats s join buyers b on b.id = s.buyer_id where b.source = ${source}) as stats
    from orders where source = ${source}`
  return row
}

const run = (file: string, source: string, stopAt = Number.POSITIVE_INFINITY) =>
  importOrders(sql, {
    file,
    layout: layoutOf(source),
    errorsFile: `${file}.${source}.errors.csv`,
    chunkRows: 100,
    onProgress: ({ rows }) => {
      if (rows >= stopAt) throw new Error('pulled the plug')
    },
  })

test('every good line is stored to the penny, refunds apart, and the rest is written out with its line and reason', async () => {
  const lines = linesOf()
  const file = join(folder, 'plain.csv')
  writeFileSync(file, [HEADING, ...lines].join('\n'))
  const report = await run(file, 'plain')
  const good = lines.filter(isGood).length
  expect(report.rows).toBe(2_000)
  expect(report.counts['stored']).toBe(good)
  expect(await stored('plain')).toMatchObject({ worth: String(worthOf(lines)), items: good })
  const [refunds] =
    await sql`select bool_and(amount_fen <= 0) as negative from orders where source = 'plain' and kind = 'refund'`
  expect(refunds).toEqual({ negative: true })
  const errors = readFileSync(`${file}.plain.errors.csv`, 'utf8').trim().split('\n')
  expect(errors.length - 1).toBe(2_000 - good)
})

test('the same file again changes nothing', async () => {
  const file = join(folder, 'plain.csv')
  const before = await stored('plain')
  expect(await run(file, 'plain')).toMatchObject({ alreadyDone: true })
  expect(await stored('plain')).toEqual(before)
})

test('an import that was cut off four times ends with exactly the rows and sums of one that was not', async () => {
  const file = join(folder, 'packed.csv.gz')
  writeFileSync(file, gzipSync([HEADING, ...linesOf()].join('\n')))
  for (const stop of [100, 500, 900, 1_700]) await expect(run(file, 'packed', stop)).rejects.toThrow('pulled the plug')
  const report = await run(file, 'packed')
  expect(report.resumedAt).toBeGreaterThan(0)
  expect(await stored('packed')).toEqual(await stored('plain'))
})

test('the sums kept for a buyer are those of the buyer’s orders', async () => {
  const { worth, stats } = (await stored('plain')) ?? {}
  expect(stats).toBe(worth)
})
