import { run, type Runner } from '#server/db/json.ts'
import type { Link } from './association.ts'
import type { HoldOut } from './tables.ts'

export interface Learning {
  lastOrderId: number
  orders: number
  holdOut: HoldOut | null
}

export async function selectLearning(sql: Runner): Promise<Learning> {
  const text = `select last_order_id::float8 as "lastOrderId", orders, hold_out as "holdOut" from product_learning`
  const [row] = await run<Learning>(sql, text, [])
  return row ?? { lastOrderId: 0, orders: 0, holdOut: null }
}

/**
 * Takes in the next orders after `$1`, `$2` at most: counts, pairs both ways and the place in one statement, so that a killed run goes on where it stopped.
 * Orders with more than `$3` products count as orders and make no pairs. Answers the place reached; null at the end.
 */
const COUNT = `
  with batch as materialized (select id, items, store from orders where id > $1::bigint and kind = 'sale' order by id limit $2::int),
  line as materialized (select distinct on (b.id, i ->> 'sku') b.id, i ->> 'sku' as sku, i ->> 'name' as name from batch b, jsonb_array_elements(b.items) i),
  small as (select id from line group by id having count(*) between 2 and $3::int),
  counted as (
    insert into product_counts as c (sku, name, orders) select sku, max(name), count(*) from line group by sku order by sku
    on conflict (sku) do update set name = excluded.name, orders = c.orders + excluded.orders
  ), sold as (
    insert into product_store_counts as c (store, sku, orders)
    select b.store, l.sku, count(*) from line l join batch b on b.id = l.id where b.store <> '' group by b.store, l.sku order by b.store, l.sku
    on conflict (store, sku) do update set orders = c.orders + excluded.orders
  ), paired as (
    insert into product_pairs as p (one, other, orders)
    select a.sku, b.sku, count(*) from line a join line b on b.id = a.id and b.sku <> a.sku where a.id in (select id from small)
    group by a.sku, b.sku order by a.sku, b.sku
    on conflict (one, other) do update set orders = p.orders + excluded.orders
  ), placed as (
    insert into product_learning as l (id, last_order_id, orders) select true, max(id), count(*) from batch having count(*) > 0
    on conflict (id) do update set last_order_id = excluded.last_order_id, orders = l.orders + excluded.orders
  )
  select max(id)::float8 as place from batch`

export async function countOrders(
  sql: Runner,
  after: number,
  limit: number,
  wholesale: number,
): Promise<number | null> {
  const [row] = await run<{ place: number | null }>(sql, COUNT, [after, limit, wholesale])
  return row?.place ?? null
}

export async function forgetCounts(tx: Runner): Promise<void> {
  for (const table of ['product_counts', 'product_store_counts', 'product_pairs', 'product_learning'])
    await run(tx, `delete from ${table}`, [])
}

export async function writeHoldOut(sql: Runner, holdOut: HoldOut, now: Date): Promise<void> {
  await run(sql, `update product_learning set hold_out = $1::text::jsonb, tested_at = $2::timestamptz`, [
    JSON.stringify(holdOut),
    now,
  ])
}

const LINKS = `
  select p.one as "from", p.other as "to", p.orders as both, a.orders as one, b.orders as other, l.orders
  from product_pairs p join product_counts a on a.sku = p.one join product_counts b on b.sku = p.other, product_learning l
  where p.one = any($1::text[]) and p.orders >= 3`

export const selectLinks = (sql: Runner, skus: string[]): Promise<Link[]> => run<Link>(sql, LINKS, [skus])

export const selectPopular = (sql: Runner, limit: number): Promise<{ sku: string; name: string }[]> =>
  run(sql, 'select sku, name from product_counts order by orders desc, sku limit $1::int', [limit])

/** Of the store the member works in, by its name; no rows where orders do not name it. */
const SELLERS = `
  select c.sku, c.store from product_store_counts c join departments d on d.name = c.store join members m on m.main_department_id = d.id
  where m.user_id = $1 order by c.orders desc, c.sku limit $2::int`

export const selectStoreSellers = (
  sql: Runner,
  userId: string,
  limit: number,
): Promise<{ sku: string; store: string }[]> => run(sql, SELLERS, [userId, limit])

export interface Shown {
  sku: string
  name: string
  url: string | null
  picture: string | null
  priceFen: number | null
  inStock: boolean
}

const SHOWN = `
  select c.sku, coalesce(p.name, c.name) as name, p.url, p.picture, p.price_fen::float8 as "priceFen", coalesce(p.in_stock, true) as "inStock"
  from product_counts c left join products p on p.sku = c.sku where c.sku = any($1::text[])`

export const selectShown = (sql: Runner, skus: string[]): Promise<Shown[]> => run<Shown>(sql, SHOWN, [skus])

/** Buyers with two orders at least: the products of the last one and of up to three before it. A sample by the hash of the id, the same every time. */
const TRIED = `
  select (select json_agg((select json_agg(distinct i ->> 'sku') from jsonb_array_elements(o.items) i) order by o.ordered_at desc, o.id desc)
    from (select * from orders where buyer_id = s.buyer_id and kind = 'sale' order by ordered_at desc, id desc limit 4) o) as orders
  from buyer_stats s where s.order_count > 1 order by hashint8(s.buyer_id) limit $1::int`

export const selectTried = (sql: Runner, limit: number): Promise<{ orders: string[][] }[]> => run(sql, TRIED, [limit])

export interface NewProduct {
  sku: string
  name: string
  url: string | null
  picture: string | null
  priceFen: number | null
  inStock: boolean
}

const WRITE = `
  insert into products (sku, name, url, picture, price_fen, in_stock, updated_at)
  select sku, name, url, picture, "priceFen", "inStock", $2::timestamptz
  from json_to_recordset($1::text::json) as x(sku text, name text, url text, picture text, "priceFen" bigint, "inStock" boolean)
  on conflict (sku) do update set name = excluded.name, url = excluded.url, picture = excluded.picture, price_fen = excluded.price_fen,
    in_stock = excluded.in_stock, updated_at = excluded.updated_at`

export async function writeProducts(sql: Runner, rows: NewProduct[], now: Date): Promise<void> {
  if (rows.length > 0) await run(sql, WRITE, [JSON.stringify(rows), now])
}
