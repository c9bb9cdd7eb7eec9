import { run, type Runner } from '#server/db/json.ts'

/** SQL text: the quintile of a value among all, 5 the best. Ties share the rank of their first (`percent_rank`), so equal customers stand together. */
const quintile = (order: string, of = ''): string =>
  `least(5, 1 + floor(percent_rank() over (${of} order by ${order}) * 5))::smallint`

/** SQL text: the words for recency `r` and the mean `m` of the other two, from 1 to 5. */
const words = (r: string, m: string, [best, loyal, promising, steady, slipping, lapsed]: string[]): string => `case
  when ${r} >= 4 and ${m} >= 4 then '${best}' when ${r} >= 3 and ${m} >= 3 then '${loyal}'
  when ${r} >= 4 then '${promising}' when ${r} = 3 then '${steady}' when ${m} >= 3 then '${slipping}' else '${lapsed}' end`

/**
 * Everybody's RFM in one statement. Purchases (Hughes 1994): days since the last order, orders, spend. Acts: what `ACTS` in shared/rfm.ts lists, of customers
 * who are somebody's now: days since the last one, days with one in 90 days, acts weighted by depth in 90 days. `$1`: now.
 */
const COMPUTE = `
  with tie as materialized (
    select customer_id, max(added_at) as added_at from follows where ended_at is null group by customer_id
  ), act as (
    select customer_id, added_at as at, 1 as depth from tie where added_at > $1::timestamptz - interval '90 days'
    union all
    select e.customer_id, e.at, 2 from customer_events e join tie using (customer_id) where e.at > $1::timestamptz - interval '90 days'
    union all
    select c.id, o.ordered_at, 3 from orders o join customers c on c.buyer_id = o.buyer_id join tie on tie.customer_id = c.id
    where o.kind = 'sale' and o.ordered_at > $1::timestamptz - interval '90 days'
  ), recent as (
    select customer_id, count(distinct (at at time zone 'Asia/Shanghai')::date) as days, sum(depth) as depth, max(at) as last from act
    where at <= $1::timestamptz group by customer_id
  ), base as (
    select t.customer_id, s.last_ordered_at, s.order_count, s.spend_fen, s.buyer_id is not null and s.order_count > 0 as bought,
      least(9999, greatest(0, extract(epoch from $1::timestamptz - greatest(t.added_at, s.last_ordered_at, r.last)) / 86400))::smallint as ago,
      coalesce(r.days, 0)::smallint as days, least(coalesce(r.depth, 0), 9999)::smallint as depth
    from tie t join customers c on c.id = t.customer_id left join buyer_stats s on s.buyer_id = c.buyer_id left join recent r on r.customer_id = t.customer_id
  ), ranked as (
    select b.*, ${quintile('last_ordered_at', 'partition by bought')} as r, ${quintile('order_count', 'partition by bought')} as f,
      ${quintile('spend_fen', 'partition by bought')} as m, ${quintile('ago desc')} as cr, ${quintile('days')} as cf, ${quintile('depth')} as cd
    from base b
  ), named as (
    select *, (f + m) / 2.0 as fm, (cf + cd) / 2.0 as cfd from ranked
  ), written as (
    insert into rfm as k (customer_id, recency, frequency, money, segment, connection_recency, connection_frequency, connection_depth, connection,
      act_days_ago, act_days, act_depth, value, influence, at)
    select customer_id, case when bought then r end, case when bought then f end, case when bought then m end,
      case when bought then ${words('r', 'fm', ['best', 'loyal', 'promising', 'steady', 'slipping', 'lapsed'])} end, cr, cf, cd,
      ${words('cr', 'cfd', ['close', 'lively', 'fresh', 'quiet', 'cooling', 'silent'])}, ago, days, depth,
      case when bought then ceil(fm) else 0 end, ceil(cfd), $1::timestamptz
    from named
    on conflict (customer_id) do update set recency = excluded.recency, frequency = excluded.frequency, money = excluded.money, segment = excluded.segment,
      connection_recency = excluded.connection_recency, connection_frequency = excluded.connection_frequency, connection_depth = excluded.connection_depth,
      connection = excluded.connection, act_days_ago = excluded.act_days_ago, act_days = excluded.act_days, act_depth = excluded.act_depth,
      value = excluded.value, influence = excluded.influence, at = excluded.at
    returning customer_id, segment, connection
  )
  insert into rfm_history (customer_id, day, segment, connection)
  select w.customer_id, ($1::timestamptz at time zone 'Asia/Shanghai')::date, w.segment, w.connection
  from written w left join rfm old on old.customer_id = w.customer_id
  where old.customer_id is null or old.segment is distinct from w.segment or old.connection <> w.connection
  on conflict (customer_id, day) do update set segment = excluded.segment, connection = excluded.connection`

/** Who is nobody's customer any more stands nowhere. */
const FORGET = `delete from rfm where at < $1::timestamptz`

/** Whole or not at all; `sql`: a transaction. */
export async function computeRfm(tx: Runner, now: Date): Promise<void> {
  await run(tx, COMPUTE, [now])
  await run(tx, FORGET, [now])
}
