import type { Order } from '#shared/orders.ts'
import { instantJson, run, type Runner } from '#server/db/json.ts'

/** A row of orders as the contract's Order. Ids are texts on the wire: a bigint does not fit a JavaScript number. */
const orderJson = (o: string): string => `json_build_object(
  'id', ${o}.id::text, 'orderNumber', ${o}.order_number, 'kind', ${o}.kind, 'orderedAt', ${instantJson(`${o}.ordered_at`)},
  'currency', ${o}.currency, 'amountFen', ${o}.amount_fen, 'discountFen', ${o}.discount_fen, 'store', ${o}.store,
  'channel', ${o}.channel, 'status', ${o}.status, 'logistics', ${o}.logistics, 'productUrl', ${o}.product_url,
  'items', ${o}.items)`

// "nulls last" everywhere, as in the index: Postgres does not use it for a plain "desc".
const newestFirst = (o: string): string => `${o}.ordered_at desc nulls last, ${o}.id desc nulls last`

/** SQL text of a json array: the newest three orders of the buyer whose id the SQL text gives. */
export const newestOrdersJson = (buyerId: string): string => `(
  select coalesce(json_agg(${orderJson('o')} order by ${newestFirst('o')}), '[]') from (
    select * from orders where buyer_id = ${buyerId} order by ${newestFirst('orders')} limit 3
  ) o)`

/** SQL text of a json object or null: the kept sums of a row `s` of buyer_stats. */
export const summaryJson = (s: string): string => `case when ${s}.buyer_id is not null then json_build_object(
  'currency', ${s}.currency, 'orderCount', ${s}.order_count, 'spendFen', ${s}.spend_fen,
  'refundCount', ${s}.refund_count, 'refundFen', ${s}.refund_fen,
  'firstOrderedAt', ${instantJson(`${s}.first_ordered_at`)}, 'lastOrderedAt', ${instantJson(`${s}.last_ordered_at`)},
  'months', ${s}.months) end`

/** SQL text of a json array: the years that hold orders, newest first. One step in the index a year, not a walk over the history. */
const yearsOf = (buyerId: string, zone: string): string => `(
  with recursive years as (
    (select extract(year from ordered_at at time zone ${zone}::text)::int as year from orders
      where buyer_id = ${buyerId} order by ${newestFirst('orders')} limit 1)
    union all
    select extract(year from o.ordered_at at time zone ${zone}::text)::int from years y cross join lateral (
      select ordered_at from orders
      where buyer_id = ${buyerId} and ordered_at < make_timestamptz(y.year, 1, 1, 0, 0, 0, ${zone}::text)
      order by ${newestFirst('orders')} limit 1
    ) o
  )
  select coalesce(json_agg(year order by year desc), '[]') from years)`

/** Where a page begins: after the order with this time (text, so that microseconds survive) and id. */
export interface Place {
  at: string
  id: string
}

export interface Page {
  customerId: string
  userId: string
  after: Place | null
  /** Orders in this half-open range of time only. */
  from: string | null
  until: string | null
  product: string | null
  limit: number
  /** Calendar years are counted here. */
  zone: string
}

// ::text first: postgres.js would pass a timestamptz parameter through a Date and cut the microseconds off.
const PAGE = `
  select o.orders, case when $3::text is null then ${yearsOf('c.buyer_id', '$9')} else '[]' end as years
  from follows f
  join customers c on c.id = f.customer_id
  cross join lateral (
    select coalesce(json_agg(${orderJson('o')} order by ${newestFirst('o')}), '[]') as orders from (
      select * from orders
      where buyer_id = c.buyer_id
        and (ordered_at, id) < (coalesce($3::text::timestamptz, 'infinity'), coalesce($4::bigint, 9223372036854775807))
        and ordered_at >= coalesce($5::text::timestamptz, '-infinity')
        and ordered_at < coalesce($6::text::timestamptz, 'infinity')
        and ($7::text is null or exists (select 1 from jsonb_array_elements(items) i
          where strpos(lower(i ->> 'name'), lower($7)) > 0 or strpos(lower(i ->> 'sku'), lower($7)) > 0))
      order by ${newestFirst('orders')} limit $8
    ) o
  ) o
  where f.customer_id = $1 and f.user_id = $2 and f.ended_at is null`

export interface FoundPage {
  orders: Order[]
  /** Newest first; empty but on the first page. */
  years: number[]
}

/** undefined: the member does not follow such a customer. One range of `orders_newest`, whatever the depth. */
export async function selectOrders(sql: Runner, page: Page): Promise<FoundPage | undefined> {
  const { customerId, userId, after, from, until, product, limit, zone } = page
  const values = [customerId, userId, after?.at ?? null, after?.id ?? null, from, until, product, limit, zone]
  const [row] = await run<FoundPage>(sql, PAGE, values)
  return row
}
