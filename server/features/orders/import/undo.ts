import type { Sql, TransactionSql } from 'postgres'
import { recountBuyers } from './stats.ts'

const AT_ONCE = 2_000

interface Change {
  order_number: string
  source: string
  later: boolean
  before: object | null
}

/**
 * Takes an import back: every order becomes what it was before, or goes. What a later import wrote again is left as that one made it. Each step is a
 * transaction of its own that forgets what it has put back, so a killed run goes on. Answers how many orders were put back and how many left.
 */
export async function undoImport(sql: Sql, importId: string, now: Date): Promise<{ undone: number; left: number }> {
  const total = { undone: 0, left: 0 }
  for (;;) {
    const step = await sql.begin((tx) => undoSome(tx, importId))
    if (step === undefined) break
    total.undone += step.undone
    total.left += step.left
  }
  // The same file may be imported again.
  await sql`update order_imports set undone_at = ${now.toISOString()}::text::timestamptz, fingerprint = fingerprint || ' undone ' || id
    where id = ${importId} and undone_at is null`
  return total
}

async function undoSome(tx: TransactionSql, importId: string): Promise<{ undone: number; left: number } | undefined> {
  const changes = await tx<Change[]>`
    with taken as (
      delete from order_import_changes where (import_id, order_number) in
        (select import_id, order_number from order_import_changes where import_id = ${importId} order by order_number limit ${AT_ONCE})
      returning order_number, source, before
    ), judged as (
      select s.*, exists (select 1 from order_import_changes l where l.source = s.source and l.order_number = s.order_number
        and l.import_id > ${importId}) as later from taken s
    ), handed as (
      -- What stood before both is what the later one must fall back to.
      update order_import_changes l set before = j.before from judged j where j.later and l.source = j.source and l.order_number = j.order_number
        and l.import_id = (select min(n.import_id) from order_import_changes n where n.source = j.source and n.order_number = j.order_number and n.import_id > ${importId})
    )
    select order_number, source, later, before from judged`
  if (changes.length === 0) return undefined
  const [first] = changes
  await tx`select pg_advisory_xact_lock(hashtextextended(${`orders:${first!.source}`}, 0))`
  const mine = changes.filter((change) => !change.later)
  const numbers = mine.map((change) => change.order_number)
  const before = JSON.stringify(mine.flatMap((change) => change.before ?? []))
  const touched = await tx<{ buyer_id: string }[]>`
    select distinct buyer_id from orders where source = ${first!.source} and order_number = any(${numbers})
    union select (b ->> 'buyer_id')::bigint from jsonb_array_elements(${before}::text::jsonb) b`
  await tx`
    delete from orders where source = ${first!.source} and order_number = any(${numbers})
      and order_number not in (select b ->> 'order_number' from jsonb_array_elements(${before}::text::jsonb) b)`
  await tx`
    update orders o set buyer_id = r.buyer_id, kind = r.kind, ordered_at = r.ordered_at, currency = r.currency, amount_fen = r.amount_fen,
      discount_fen = r.discount_fen, store = r.store, channel = r.channel, status = r.status, logistics = r.logistics,
      product_url = r.product_url, items = r.items
    from jsonb_populate_recordset(null::orders, ${before}::text::jsonb) r where o.source = r.source and o.order_number = r.order_number`
  await recountBuyers(
    tx,
    touched.map((row) => row.buyer_id),
  )
  return { undone: mine.length, left: changes.length - mine.length }
}
