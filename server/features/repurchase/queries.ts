import type { Sql } from 'postgres'
import { run, type Runner } from '#server/db/json.ts'
import type { CategoryGaps } from './backtest.ts'
import type { Buyers, Fit } from './fit.ts'
import type { HeldOut } from './hold-out.ts'

export async function selectGaps(
  sql: Runner,
  categories: string[],
): Promise<Map<string, { median: number; mad: number }>> {
  if (categories.length === 0) return new Map()
  const text = `select category, median_days as median, mad_days as mad from category_gaps where shown and category = any($1::text[])`
  const rows = await run<{ category: string; median: number; mad: number }>(sql, text, [categories])
  return new Map(rows.map((row) => [row.category, row]))
}

export async function writeGaps(tx: Runner, rows: CategoryGaps[]): Promise<void> {
  await run(tx, 'delete from category_gaps', [])
  const text = `
    insert into category_gaps (category, gaps, median_days, mad_days, backtest, shown)
    select category, gaps, median, mad, backtest, shown from json_to_recordset($1::text::json)
      as x(category text, gaps int, median real, mad real, backtest jsonb, shown boolean)`
  for (let at = 0; at < rows.length; at += 1_000) await run(tx, text, [JSON.stringify(rows.slice(at, at + 1_000))])
}

export async function writeFit(
  tx: Runner,
  fit: Fit & { held: HeldOut | undefined; shown: boolean },
  now: Date,
): Promise<void> {
  const text = `insert into bgnbd_fit (id, fit, at) values (true, $1::text::jsonb, $2::timestamptz)
    on conflict (id) do update set fit = excluded.fit, at = excluded.at`
  await run(tx, text, [JSON.stringify(fit), now])
}

/** Repeat purchases and times in days, of every buyer, out of the sums that are kept with the orders. */
export async function readBuyers(sql: Sql, now: Date): Promise<Buyers> {
  const buyers: Buyers[] = []
  const text = `
    select order_count - 1 as x, extract(epoch from last_ordered_at - first_ordered_at)::float8 / 86400 as tx,
      greatest(extract(epoch from $1::timestamptz - first_ordered_at)::float8 / 86400, 0) as t
    from buyer_stats where order_count > 0 and last_ordered_at <= $1::timestamptz`
  for await (const rows of sql.unsafe<{ x: number; tx: number; t: number }[]>(text, [now.toISOString()]).cursor(20_000))
    buyers.push({
      x: Float64Array.from(rows, ({ x }) => x),
      tx: Float64Array.from(rows, ({ x, tx }) => (x === 0 ? 0 : tx)),
      t: Float64Array.from(rows, ({ t }) => t),
    })
  const join = (name: keyof Buyers): Float64Array => {
    const all = new Float64Array(buyers.reduce((sum, one) => sum + one[name].length, 0))
    let at = 0
    for (const one of buyers) {
      all.set(one[name], at)
      at += one[name].length
    }
    return all
  }
  return { x: join('x'), tx: join('tx'), t: join('t') }
}

export interface Purchase {
  buyerId: number
  day: number
  sale: boolean
  /** Names, signs of quantities and prices of the order's lines. */
  lines: { name: string; quantity: number; unitPriceFen: number }[]
}

/** Every order there is, buyer by buyer, each buyer's oldest first, in batches: one index range read once. */
export async function* eachPurchase(sql: Sql): AsyncGenerator<Purchase[]> {
  const text = `
    select buyer_id::int as "buyerId", floor((extract(epoch from ordered_at) + 28800) / 86400)::int as day, kind = 'sale' as sale, items as lines
    from orders order by buyer_id, ordered_at, id`
  for await (const rows of sql.unsafe<Purchase[]>(text).cursor(10_000)) yield rows
}
