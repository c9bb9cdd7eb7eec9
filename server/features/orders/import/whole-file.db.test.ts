import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { openPool } from '#server/db/client.ts'
import { createDatabase } from '#server/testing/database.ts'
import { PRESETS } from './mapping.ts'
import { importOrders } from './run.ts'

const FILE = fileURLToPath(new URL('../../../../../shared/data/online-retail.csv.gz', import.meta.url))
const database = await createDatabase()
const sql = openPool(database.target, 2)
const folder = mkdtempSync(join(tmpdir(), 'pangbai-whole-'))
afterAll(async () => {
  await sql.end()
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

interface Sum {
  sales: Set<string>
  refunds: Set<string>
  spend: bigint
  refunded: bigint
}

/** Every buyer's sums, from the text itself in whole pence: none of the importer's code, no CSV library, no floats. */
function sumsOf(text: string): { rows: number; stored: number; buyers: Map<string, Sum> } {
  const [, ...rows] = text.trimEnd().split('\n')
  const buyers = new Map<string, Sum>()
  let stored = 0
  for (const row of rows) {
    const [order = '', quantity = '', whole = '', cents = '', finer = '', member = ''] = parts(row)
    if (!member || /[^0]/.test(finer)) continue
    stored += 1
    const sum = buyers.get(member) ?? { sales: new Set(), refunds: new Set(), spend: 0n, refunded: 0n }
    buyers.set(member, sum)
    const worth = BigInt(quantity) * (BigInt(whole) * 100n + BigInt(cents.padEnd(2, '0')))
    ;(order.startsWith('C') ? sum.refunds : sum.sales).add(order)
    if (order.startsWith('C')) sum.refunded -= worth
    else sum.spend += worth
  }
  return { rows: rows.length, stored, buyers }
}

const parts = (row: string) =>
  /^([^,]+),.*,(-?\d+),[^,]+,(-?\d+)(?:\.(\d{1,2})(\d*))?,(\d*)(?:\.0)?,[^,]+$/.exec(row.trimEnd())?.slice(1) ?? []

// The file is 541,909 order lines that lie beside the project, not in it.
test.skipIf(!existsSync(FILE))(
  'half a million real order lines are stored to the penny, buyer by buyer',
  { timeout: 90_000 },
  async () => {
    const expected = sumsOf(gunzipSync(readFileSync(FILE)).toString('utf8'))
    const report = await importOrders(sql, {
      file: FILE,
      layout: PRESETS['online-retail']!,
      errorsFile: join(folder, 'errors.csv'),
    })
    expect(report).toMatchObject({ rows: expected.rows, counts: { stored: expected.stored } })
    const left = Object.entries(report.counts).filter(([reason]) => reason !== 'stored')
    expect(left.reduce((sum, [, rows]) => sum + rows, 0)).toBe(expected.rows - expected.stored)
    expect(readFileSync(join(folder, 'errors.csv'), 'utf8').match(/^\d+,/gm)).toHaveLength(
      expected.rows - expected.stored,
    )

    const stored = await sql<{ member: string; sums: string }[]>`
    select b.member_number as member, concat_ws(' ', s.order_count, s.refund_count, s.spend_fen, s.refund_fen) as sums
    from buyers b join buyer_stats s on s.buyer_id = b.id`
    const sums = [...expected.buyers].map(
      ([member, sum]) => [member, `${sum.sales.size} ${sum.refunds.size} ${sum.spend} ${sum.refunded}`] as const,
    )
    expect(new Map(stored.map(({ member, sums: text }) => [member, text]))).toEqual(new Map(sums))
    const [lines] = await sql<{ items: number; worth: string }[]>`
    select sum(jsonb_array_length(items))::int as items,
      sum((select sum((item ->> 'quantity')::bigint * (item ->> 'unitPriceFen')::bigint) from jsonb_array_elements(items) item)
        - amount_fen)::text as worth
    from orders`
    expect(lines).toEqual({ items: expected.stored, worth: '0' })
  },
)
