import type { TransactionSql } from 'postgres'

/** Months are calendar months of the people who read them. */
const TIME_ZONE = 'Asia/Shanghai'

/**
 * Counts these buyers' orders anew, in the transaction that changed them. Spend, months and the first and last date are of sales;
 * refunds stand apart, as a positive sum. A buyer left without orders has no row.
 */
export async function recountBuyers(sql: TransactionSql, buyerIds: readonly string[]): Promise<void> {
  const ids = sql.array([...buyerIds])
  await sql`
    delete from buyer_stats where buyer_id = any(${ids}::bigint[])
      and not exists (select from orders where orders.buyer_id = buyer_stats.buyer_id)`
  await sql`
    with monthly as (
      select buyer_id, to_char(ordered_at at time zone ${TIME_ZONE}, 'YYYY-MM') as month, min(currency) as currency,
        count(*) filter (where kind = 'sale') as sales, coalesce(sum(amount_fen) filter (where kind = 'sale'), 0) as sold,
        count(*) filter (where kind = 'refund') as refunds, coalesce(sum(amount_fen) filter (where kind = 'refund'), 0) as refunded,
        min(ordered_at) as first_any, max(ordered_at) as last_any,
        min(ordered_at) filter (where kind = 'sale') as first_sale, max(ordered_at) filter (where kind = 'sale') as last_sale
      from orders where buyer_id = any(${ids}::bigint[])
      group by 1, 2
    )
    insert into buyer_stats
      (buyer_id, currency, order_count, spend_fen, refund_count, refund_fen, first_ordered_at, last_ordered_at, months)
    select buyer_id, min(currency), sum(sales), sum(sold), sum(refunds), -sum(refunded),
      coalesce(min(first_sale), min(first_any)), coalesce(max(last_sale), max(last_any)),
      coalesce(jsonb_object_agg(month, sold) filter (where sales > 0), '{}')
    from monthly group by buyer_id
    on conflict (buyer_id) do update set
      currency = excluded.currency, order_count = excluded.order_count, spend_fen = excluded.spend_fen,
      refund_count = excluded.refund_count, refund_fen = excluded.refund_fen, first_ordered_at = excluded.first_ordered_at,
      last_ordered_at = excluded.last_ordered_at, months = excluded.months
    where buyer_stats is distinct from excluded`
}
