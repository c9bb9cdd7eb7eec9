import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { openPool } from '#server/db/client.ts'
import { createDatabase } from '#server/testing/database.ts'
import { PRESETS } from './mapping.ts'
import { importOrders } from './run.ts'

const CHILD = fileURLToPath(new URL('../../../testing/import-process.ts', import.meta.url))
const database = await createDatabase()
const sql = openPool(database.target, 2)
const folder = mkdtempSync(join(tmpdir(), 'pangbai-kill-'))
afterAll(async () => {
  await sql.end()
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

const file = join(folder, 'orders.csv')
const lines = Array.from({ length: 20_000 }, (_, n) => {
  // An invoice's lines come back after six thousand others, so many orders are begun in one run and ended in another.
  const invoice = 500_000 + (n % 6_000)
  const member = n % 11 === 0 ? '' : `${12_000 + (invoice % 700)}.0`
  return `${invoice},S${n},THING ${n},${1 + (n % 7)},2011-0${1 + (n % 9)}-1${n % 10} 09:30:00,${n % 13}.${10 + (n % 90)},${member},Spain`
})
writeFileSync(
  file,
  ['InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country', ...lines].join('\n'),
)

/** Starts an import and kills it, SIGKILL, once it has told of so many chunks; answers whether it was cut off. */
async function killAfter(chunks: number): Promise<boolean> {
  const child = spawn(process.execPath, [CHILD, JSON.stringify({ target: database.target, file, source: 'killed' })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let heard = 0
  child.stdout.on('data', (text: Buffer) => {
    heard += text.toString().split('\n').length - 1
    if (heard >= chunks) child.kill('SIGKILL')
  })
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  if (signal === null && code !== 0) throw new Error(`the import ended with ${code}`)
  return signal === 'SIGKILL'
}

const orders = (source: string) => sql`
  select o.order_number, o.kind, o.ordered_at, o.amount_fen, o.items, b.member_number
  from orders o join buyers b on b.id = o.buyer_id where o.source = ${source} order by o.order_number`
const sums = (source: string) => sql`
  select b.member_number, s.order_count, s.spend_fen, s.refund_fen, s.first_ordered_at, s.last_ordered_at, s.months
  from buyer_stats s join buyers b on b.id = s.buyer_id where b.source = ${source} order by 1`

test('killed with -9 at four points, an import ends with the very orders, items and sums of one left in peace', async () => {
  const whole = await importOrders(sql, {
    file,
    layout: { ...PRESETS['online-retail']!, source: 'whole' },
    errorsFile: join(folder, 'whole.errors.csv'),
  })
  let cuts = 0
  for (const chunks of [2, 9, 21, 33]) if (await killAfter(chunks)) cuts += 1
  expect(cuts).toBe(4)
  const [stopped] = await sql<{ rows_done: string }[]>`select rows_done from order_imports where source = 'killed'`
  expect(Number(stopped?.rows_done)).toBeGreaterThan(0)
  expect(Number(stopped?.rows_done)).toBeLessThan(20_000)

  expect(await killAfter(Number.POSITIVE_INFINITY)).toBe(false)
  expect(await orders('killed')).toEqual(await orders('whole'))
  expect(await sums('killed')).toEqual(await sums('whole'))
  const [counted] = await sql<{ counts: object }[]>`select counts from order_imports where source = 'killed'`
  expect(counted?.counts).toEqual(whole.counts)
  expect(readFileSync(`${file}.errors.csv`, 'utf8')).toBe(readFileSync(join(folder, 'whole.errors.csv'), 'utf8'))
}, 60_000)
