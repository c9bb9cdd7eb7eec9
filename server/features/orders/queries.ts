import type { Order } from '#shared/orders.ts'
import type { Place } from '#server/db/cursor.ts'
import { run, type Runner } from '#server/db/json.ts'

/** The columns of orders as the contract's Order has them. Ids are texts on the wire: a bigint does not fit a JavaScript number. */
const ORDER = `id::text, order_number as "orderNumber", kind, ordered_at as "orderedAt", currency, amount_fen as "amountFen",
  discount_fen as "discountFen", store, channel, status, logistics, product_url as "productUrl", items`

// "nulls last" everywhere, as in the index: Postgres does not use it for a plain "desc".
const NEWEST_FIRST = 'orders.ordered_at desc nulls last, orders.id desc nulls last'

/** SQL text of a json array: the newest three orders of the buyer whose id the SQL text gives. */
export const newestOrdersJson = (buyerId: string): string => `(
  select coalesce(json_agg(o), '[]') from (
    select ${ORDER} from orders where buyer_id = ${buyerId} order by ${NEWEST_FIRST} limit 3
  ) o)`

/** SQL text of a json object or null: the kept sums of a row `s` of buyer_stats. */
export const summaryJson = (s: string): string => `(select row_to_json(sums) from (select
  ${s}.currency, ${s}.order_count as "orderCount", ${s}.spend_fen as "spendFen", ${s}.refund_count as "refundCount",
  ${s}.refund_fen as "refundFen", ${s}.first_ordered_at as "firstOrderedAt", ${s}.last_ordered_at as "lastOrderedAt",
  ${s}.months) sums where ${s}.buyer_id is not null)`

/** SQL text of a json array: the years that hold orders, newest first. One step in the index a year, not a walk over the history. */
const yearsOf = (buyerId: string, zone: string): string => `(
  with recursive years as (
    (select extract(year from ordered_at at time zone ${zone}::text)::int as year from orders
      where buyer_id = ${buyerId} order by ${NEWEST_FIRST} limit 1)
    union all
    select extract(year from o.ordered_at at time zone ${zone}::text)::int from years y cross join lateral (
      select ordered_at from orders
      where buyer_id = ${buyerId} and ordered_at < make_timestamptz(y.year, 1, 1, 0, 0, 0, ${zone}::text)
      order by ${NEWEST_FIRST} limit 1
    ) o
  )
  select coalesce(json_agg(year order by year desc), '[]') from years)`

/** `after`: the order before the page's first. */
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
    select coalesce(json_agg(o), '[]') as orders from (
      select ${ORDER} from orders
      where buyer_id = c.buyer_id
        and (ordered_at, id) < (coalesce($3::text::timestamptz, 'infinity'), coalesce($4::bigint, 9223372036854775807))
        and ordered_at >= coalesce($5::text::timestamptz, '-infinity')
        and ordered_at < coalesce($6::text::timestamptz, 'infinity')
        and ($7::text is null or exists (select 1 from jsonb_array_elements(items) i
          where strpos(lower(i ->> 'name'), lower($7)) > 0 or strpos(lower(i ->> 'sku'), lower($7)) > 0))
      order by ${NEWEST_FIRST} limit $8
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

export async function isFollowed(sql: Runner, customerId: string, userId: string): Promise<boolean> {
  const text = 'select 1 from follows f where f.customer_id = $1 and f.user_id = $2 and f.ended_at is null'
  return (await run(sql, text, [customerId, userId])).length === 1
}
