import type { Sql, TransactionSql } from 'postgres'
import type { OrderPart } from './chunk.ts'
import { recountBuyers } from './stats.ts'

/** Where the orders belong. */
export interface Target {
  source: string
  currency: string
  /** The import that writes; what stood before it is kept, so that it can be taken back. */
  importId: string
}
type Place = Pick<Target, 'source'>

/**
 * Stores what a chunk says, inside the caller's transaction: buyers, orders, and the sums of every buyer touched. An order that an earlier
 * import brought is replaced by what this file says; one that this file began is added to. Writing the same again changes no row.
 */
export async function writeParts(sql: TransactionSql, target: Target, parts: readonly OrderPart[]): Promise<void> {
  if (parts.length === 0) return
  // Sums are recounted from the orders: two imports of one source must not count beside each other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`orders:${target.source}`}, 0))`
  await addBuyers(sql, target, parts)
  await addHints(sql, target, parts)
  await keepBefore(sql, target, parts)
  const before = await buyersOf(sql, target, parts)
  await replaceOrders(sql, target, rowsOf(parts.filter((part) => !part.more)))
  await extendOrders(sql, target, rowsOf(parts.filter((part) => part.more)))
  const after = await buyersOf(sql, target, parts)
  await recountBuyers(sql, [...new Set([...before, ...after])])
}

/** Rows as `json_to_recordset` reads them. postgres.js would stringify a json parameter twice, so it travels as text. */
const rowsOf = (parts: readonly OrderPart[]) =>
  parts.length === 0
    ? undefined
    : JSON.stringify(parts.map(({ at, more: _, hints: __, ...part }) => ({ ...part, at: new Date(at).toISOString() })))

async function addBuyers(sql: TransactionSql, { source }: Place, parts: readonly OrderPart[]): Promise<void> {
  const countries = new Map(parts.map((part) => [part.member, part.country]))
  const rows = JSON.stringify([...countries].map(([member, country]) => ({ member, country })))
  await sql`
    insert into buyers (source, member_number, country)
    select ${source}, member, country from json_to_recordset(${rows}::text::json) as row (member text, country text)
    where not exists (select from buyers where source = ${source} and member_number = member)
    on conflict do nothing`
}

/** What the file says of buyers, for finding their customers. */
async function addHints(sql: TransactionSql, { source }: Place, parts: readonly OrderPart[]): Promise<void> {
  const hints = parts.flatMap(({ member, hints }) => hints.map((hint) => ({ member, ...hint })))
  if (hints.length === 0) return
  await sql`
    insert into buyer_hints (buyer_id, kind, value)
    select distinct buyers.id, kind, value from json_to_recordset(${JSON.stringify(hints)}::text::json) as row (member text, kind text, value text)
    join buyers on buyers.source = ${source} and buyers.member_number = row.member
    on conflict do nothing`
}

/** Every order as it stood before this import first touched it; nothing, where it was not there. */
async function keepBefore(
  sql: TransactionSql,
  { source, importId }: Target,
  parts: readonly OrderPart[],
): Promise<void> {
  const begun = parts.filter((part) => !part.more).map((part) => part.order)
  await sql`
    insert into order_import_changes (import_id, source, order_number, before)
    select ${importId}::bigint, ${source}, n, (select to_jsonb(o) from orders o where o.source = ${source} and o.order_number = n)
    from unnest(${begun}::text[]) n on conflict do nothing`
}

/** How many of these orders are there already. */
export async function countKnown(sql: Sql, { source }: Place, parts: readonly OrderPart[]): Promise<number> {
  const numbers = parts.map((part) => part.order)
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int as n from orders where source = ${source} and order_number = any(${numbers})`
  return row?.n ?? 0
}

async function buyersOf(sql: TransactionSql, { source }: Place, parts: readonly OrderPart[]): Promise<string[]> {
  const rows = await sql<{ buyer_id: string }[]>`
    select distinct buyer_id from orders where source = ${source} and order_number = any(${parts.map((part) => part.order)})`
  return rows.map((row) => row.buyer_id)
}

async function replaceOrders(sql: TransactionSql, target: Target, rows: string | undefined): Promise<void> {
  if (!rows) return
  await sql`
    insert into orders as old (buyer_id, source, order_number, kind, ordered_at, currency, amount_fen, store, channel, status,
      logistics, product_url, items)
    select buyers.id, ${target.source}, "order", kind, at, ${target.currency}, "amountFen", store, channel, status,
      logistics, url, items
    from json_to_recordset(${rows}::text::json) as row ("order" text, kind text, member text, at timestamptz, "amountFen" bigint,
      store text, channel text, status text, logistics text, url text, items jsonb)
    join buyers on buyers.source = ${target.source} and buyers.member_number = row.member
    on conflict (source, order_number) do update set
      buyer_id = excluded.buyer_id, kind = excluded.kind, ordered_at = excluded.ordered_at, currency = excluded.currency,
      amount_fen = excluded.amount_fen, store = excluded.store, channel = excluded.channel, status = excluded.status,
      logistics = excluded.logistics, product_url = excluded.product_url, items = excluded.items
    where (old.buyer_id, old.kind, old.ordered_at, old.currency, old.amount_fen, old.store, old.channel, old.status,
        old.logistics, old.product_url, old.items)
      is distinct from (excluded.buyer_id, excluded.kind, excluded.ordered_at, excluded.currency, excluded.amount_fen,
        excluded.store, excluded.channel, excluded.status, excluded.logistics, excluded.product_url, excluded.items)`
}

async function extendOrders(sql: TransactionSql, { source }: Target, rows: string | undefined): Promise<void> {
  if (!rows) return
  await sql`
    update orders set
      items = orders.items || row.items,
      amount_fen = orders.amount_fen + row."amountFen",
      ordered_at = least(orders.ordered_at, row.at)
    from json_to_recordset(${rows}::text::json) as row ("order" text, at timestamptz, "amountFen" bigint, items jsonb)
    where orders.source = ${source} and orders.order_number = row."order"`
}
