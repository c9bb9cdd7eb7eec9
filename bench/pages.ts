import type { Options } from './run.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sql } from 'postgres'
import { openOwnerPool } from '../server/db/client.ts'
import { startEmbeddedPostgres } from '../server/db/embedded.ts'
import { migrateDatabase } from '../server/db/migrate.ts'
import { type Page, selectOrders } from '../server/features/orders/queries.ts'
import type { Place } from '../server/db/cursor.ts'
import { fillDataset } from './lib/dataset.ts'
import { type Figures, median, round } from './lib/table.ts'

const RUNS = 200

/** µs a page of twenty orders costs, by how many orders there are and how deep the page lies; OFFSET beside it. */
export async function measure({ small }: Options): Promise<Figures[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pangbai-bench-'))
  const settings = { fsync: 'off', synchronous_commit: 'off', max_wal_size: '4GB' }
  const postgres = await startEmbeddedPostgres({ dataDir, sync: false, settings })
  await migrateDatabase(postgres.target)
  const sql = openOwnerPool(postgres.target, 1)
  const rows = []
  try {
    await fillDataset(sql, 1_000, 1)
    const giant = await addGiant(sql)
    let total = 1_000
    for (const orders of small ? [1e4, 1e5] : [1e5, 1e6, 1e7]) {
      await growGiant(sql, giant, orders - total)
      total = orders
      await sql.unsafe('vacuum analyze orders')
      rows.push({
        orders,
        'first page µs': await time((n) =>
          selectOrders(sql, pageOf(String(1 + (n % 999)), String(1 + (n % 999)), null)),
        ),
        'keyset, 99 % deep µs': await deep(sql, giant, orders),
        'OFFSET, same page µs': await time(
          () =>
            sql`select * from orders where buyer_id = ${giant} order by ordered_at desc, id desc limit 20 offset ${Math.floor(orders * 0.99) - 1_000}`,
          5,
        ),
      })
    }
  } finally {
    await sql.end()
    await postgres.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return [{ name: 'pages', about: 'one page of twenty orders by depth, µs median on one connection', rows }]
}

const pageOf = (customerId: string, userId: string, after: Place | null): Page => ({
  customerId,
  userId,
  after,
  from: null,
  until: null,
  product: null,
  limit: 21,
  zone: 'Asia/Shanghai',
})

async function addGiant(sql: Sql): Promise<number> {
  const [buyer] = await sql<
    { id: number }[]
  >`insert into buyers (source, member_number) values ('giant', 'giant') returning id::int`
  await sql`insert into customers (id, name, type, buyer_id) values ('giant', 'giant', 1, ${buyer?.id ?? 0})`
  await sql`insert into follows (customer_id, user_id, added_at, synced_at) values ('giant', '1', now(), now())`
  return buyer?.id ?? 0
}

/** One customer holds nearly all orders, so that depth can grow as far as the table. */
async function growGiant(sql: Sql, giant: number, by: number): Promise<void> {
  await sql.unsafe(`insert into orders (buyer_id, source, order_number, kind, ordered_at, currency, amount_fen, items)
    select ${giant}, 'giant', gen_random_uuid()::text, 'sale', now() - (random() * 3650 || ' days')::interval, 'CNY', 12990, '[]'
    from generate_series(1, ${by})`)
}

async function deep(sql: Sql, giant: number, orders: number): Promise<number> {
  const [at] = await sql<Place[]>`
    select ordered_at::text as at, id::text from orders
    where buyer_id = ${giant} order by ordered_at desc, id desc limit 1 offset ${Math.floor(orders * 0.99) - 1_000}`
  return time(() => selectOrders(sql, pageOf('giant', '1', at ?? null)))
}

async function time(run: (n: number) => PromiseLike<unknown>, runs = RUNS): Promise<number> {
  const took: number[] = []
  for (let n = 0; n < runs; n++) {
    const start = performance.now()
    await run(n)
    took.push((performance.now() - start) * 1000)
  }
  return round(median(took))
}
