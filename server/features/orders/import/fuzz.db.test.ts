import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { openPool } from '#server/db/client.ts'
import { createDatabase } from '#server/testing/database.ts'
import { ImportError, type Layout, PRESETS } from './mapping.ts'
import { importOrders } from './run.ts'

const RUNS = Number(process.env['FUZZ'] ?? 40)
const database = await createDatabase()
const sql = openPool(database.target, 2)
const folder = mkdtempSync(join(tmpdir(), 'pangbai-import-'))
afterAll(async () => {
  await sql.end()
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

const HEADING = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n'
let made = 0

/** Imports a file of these bytes; answers what was stored, or the sentence it was refused with. */
async function attempt(bytes: Uint8Array): Promise<{ orders: number } | string> {
  const source = `fuzz${made++}`
  const file = join(folder, `${source}.csv`)
  writeFileSync(file, bytes)
  try {
    const layout = { ...(PRESETS['online-retail'] as Layout), source }
    await importOrders(sql, { file, layout, errorsFile: `${file}.errors.csv`, chunkRows: 10 })
    const [row] = await sql<{ orders: number }[]>`select count(*)::int as orders from orders where source = ${source}`
    return row!
  } catch (error) {
    if (error instanceof ImportError) return error.message
    throw error
  }
}

const cell = fc.oneof(
  fc.constantFrom('536365', 'C536365', '85123A', '6', '-6', '2010-12-01 08:26:00', '2.55', '17850.0', '', '=1+1', '\0'),
  fc.string({ unit: 'binary' }),
  fc.double().map(String),
)
const row = fc.array(cell, { minLength: 0, maxLength: 10 }).map((cells) => cells.join(','))

test('whatever stands in the rows, the import ends: each row is stored or left out with its reason', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 40 }), async (rows) => {
      await attempt(new TextEncoder().encode(HEADING + rows.join('\n')))
    }),
    { numRuns: RUNS },
  )
})

test('whatever the bytes, a file is imported or refused in a sentence', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3_000 }), fc.boolean(), async (bytes, headed) => {
      const outcome = await attempt(headed ? new Uint8Array([...new TextEncoder().encode(HEADING), ...bytes]) : bytes)
      expect(typeof outcome === 'string' ? outcome.length : outcome.orders).toBeGreaterThanOrEqual(0)
    }),
    { numRuns: RUNS },
  )
})
