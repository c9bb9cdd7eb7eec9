import type { FigureId, RowSet } from '#shared/figures.ts'
import { ledBy } from '#server/db/scope.ts'

/**
 * Each figure as a set of rows. Everything shown of it (the value, its course, members beside each other, the rows behind it, the export) is read from
 * this one text, so that a click opens exactly what was counted.
 *
 * `$1` the manager, `$2` and `$3` the period, `$4` a department or null, `$5` a member or null; `$6` a month of adding and `$7` a number of months or days,
 * for ties alone. `led` holds the members in question. What was put away, ended or taken back after `$3` is read as it stood then.
 * Columns: id, user_id, customer_id, at, counts, amount, text.
 */
export const LED = `led as materialized (
  select m.user_id, m.name from members m where m.user_id in (${ledBy('$1')})
    and ($4::int is null or exists (select 1 from department_tree s where s.ancestor_id = $4::int and s.descendant_id = any(m.department_ids)))
    and ($5::text is null or m.user_id = $5)
), asked as (select $2::timestamptz as since, $3::timestamptz as until, $6::text as month, $7::int as after)`

const WEEK = `interval '7 days'`
const day = (at: string): string => `(${at} at time zone 'Asia/Shanghai')::date`
const ours = (row: string): string => `${row}.user_id in (select user_id from led)`
const within = (at: string): string => `${at} >= $2::timestamptz and ${at} < $3::timestamptz`
const notYet = (at: string): string => `(${at} is null or ${at} >= $3::timestamptz)`
/** The midnight in China before the end of the period. */
const TODAY = `(date_trunc('day', $3::timestamptz at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai')`
const NOTE_TEXT = `case when n.deleted_at is null then left(n.body, 80) else '' end`
/** The newest verdict that stands on each note. */
const VERDICTS = `(select distinct on (r.note_id) r.* from note_reviews r where ${notYet('r.undone_at')} and ${within('r.at')} order by r.note_id, r.at desc)`

/** Messages and notes to customers in the period, and the notes of them that tell of an answer. */
const OUR_NOTE = `${ours('n')} and ${notYet('n.deleted_at')} and ${within('n.created_at')}`
const ANSWERED = `n.result in ('won', 'interested', 'considering')`
const OWNED = `${ours('f')} and ${notYet('f.ended_at')} and f.added_at < $3::timestamptz`

/** SQL text: the shop's currency is its newest order's; money in another one is not added to it. */
export const CURRENCY = `(select n.currency from orders n order by n.id desc limit 1)`

/** SQL text: into which step of `$8` days since the beginning of the period a moment falls. */
export function stepOf(at: string): string {
  return `floor(extract(epoch from ${at} - $2::timestamptz) / 86400 / $8::int)::int`
}

/** SQL text: how many whole days a row `f` of follows had stood by the end of the period. */
export const DAYS_LIVED = `greatest(0, floor(extract(epoch from least(coalesce(f.ended_at, $3::timestamptz), $3::timestamptz) - f.added_at) / 86400))::int`

/** Ties: of a month those that still stood after so many whole months, else those that stand. */
const TIES = `
  select f.customer_id || ' ' || f.user_id as id, f.user_id, f.customer_id, f.added_at as at,
    coalesce(f.ended_at >= case when asked.month is null or asked.after is null then $3::timestamptz else f.added_at + asked.after * interval '1 month' end, true) as counts,
    null::bigint as amount, case when f.ended_at < $3::timestamptz then to_char(f.ended_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') else '' end as text
  from follows f`

/** What an order brings its last sender: `x` an order with its customer, `l` whoever sent last within a week before. */
const ASSISTED = `
  select o.id::text || ' ' || c.id as id, l.user_id, c.id as customer_id, o.ordered_at as at, true as counts, o.amount_fen as amount,
    case when o.kind = 'refund' then '退款 ' else '订单 ' end || o.order_number as text
  from (select distinct s.customer_id from sends s where ${ours('s')} and s.outcome = 'ok'
    and s.sent_at >= $2::timestamptz - ${WEEK} and s.sent_at < $3::timestamptz) touched
  join customers c on c.id = touched.customer_id
  join orders o on o.buyer_id = c.buyer_id and ${within('o.ordered_at')} and o.currency = ${CURRENCY}
  cross join lateral (select coalesce(case when o.kind = 'refund' then (select max(p.ordered_at) from orders p
      where p.buyer_id = o.buyer_id and p.kind = 'sale' and p.ordered_at <= o.ordered_at) end, o.ordered_at) as sold_at) w
  cross join lateral (select s.user_id from sends s where s.customer_id = c.id and s.outcome = 'ok'
    and s.sent_at <= w.sold_at and s.sent_at > w.sold_at - ${WEEK} order by s.sent_at desc, s.key desc limit 1) l
  where l.user_id in (select user_id from led)`

export const ROWS: Record<RowSet, string> = {
  coverage: `
    select x.customer_id || ' ' || x.user_id as id, x.user_id, x.customer_id, x.at,
      exists (select 1 from notes n where n.customer_id = x.customer_id and n.user_id = x.user_id and ${notYet('n.deleted_at')}
        and ${within('n.created_at')}) as counts, null::bigint as amount, '' as text
    from (select s.customer_id, s.user_id, max(s.sent_at) as at from sends s
      where ${ours('s')} and s.outcome = 'ok' and ${within('s.sent_at')} group by 1, 2) x`,
  quality: `
    select n.id::text as id, n.user_id, n.customer_id, r.at, true as counts,
      (select sum(v::int) from jsonb_each_text(r.scores) e(k, v)) as amount, ${NOTE_TEXT} as text
    from ${VERDICTS} r join notes n on n.id = r.note_id and n.visibility <> 'private' where r.scores is not null and ${ours('n')}`,
  passed: `
    select n.id::text as id, n.user_id, n.customer_id, r.at, r.verdict = 'passed' as counts, null::bigint as amount, ${NOTE_TEXT} as text
    from ${VERDICTS} r join notes n on n.id = r.note_id and n.visibility <> 'private' where not r.sampled and ${ours('n')}`,
  kept: `
    select t.id::text as id, t.user_id, t.customer_id, t.due_at as at,
      t.state = 'done' and ${day('t.settled_at')} <= ${day('t.due_at')} as counts, null::bigint as amount, left(t.title, 80) as text
    from tasks t where ${ours('t')} and (t.state <> 'dropped' or t.settled_at >= $3::timestamptz)
      and t.due_at >= $2::timestamptz and t.due_at < ${TODAY}`,
  promised: `
    select t.id::text as id, t.user_id, t.customer_id, t.due_at as at,
      t.state = 'done' and ${day('t.settled_at')} <= ${day('t.due_at')} as counts, null::bigint as amount, left(t.title, 80) as text
    from tasks t where ${ours('t')} and t.promised_from is not null and (t.state <> 'dropped' or ${day('t.settled_at')} > ${day('t.due_at')})
      and t.due_at >= $2::timestamptz and t.due_at < ${TODAY}`,
  activity: `
    select f.customer_id || ' ' || f.user_id as id, f.user_id, f.customer_id, f.added_at as at,
      a.customer_id is not null and (b.buyer_id is not null or w.customer_id is not null) as counts, null::bigint as amount, '' as text
    from follows f join customers c on c.id = f.customer_id
    left join (select customer_id, user_id from sends s where ${ours('s')} and s.outcome = 'ok' and ${within('s.sent_at')}
      union select customer_id, user_id from notes n where ${OUR_NOTE}) a
      on a.customer_id = f.customer_id and a.user_id = f.user_id
    left join (select distinct n.customer_id, n.user_id from notes n where ${OUR_NOTE} and ${ANSWERED}) w on w.customer_id = f.customer_id and w.user_id = f.user_id
    left join lateral (select o.buyer_id from orders o where a.customer_id is not null and o.buyer_id = c.buyer_id and o.kind = 'sale'
      and ${within('o.ordered_at')} limit 1) b on true
    where ${OWNED}`,
  replied: `
    select b.user_id || ' ' || b.day as id, b.user_id, null::text as customer_id, b.day::timestamp at time zone 'Asia/Shanghai' as at, true as counts,
      round(b.replied_percent * 100)::bigint as amount, b.chats::text as text
    from behavior_days b where ${ours('b')} and b.replied_percent is not null and ${within(`(b.day::timestamp at time zone 'Asia/Shanghai')`)}`,
  replyTime: `
    select b.user_id || ' ' || b.day as id, b.user_id, null::text as customer_id, b.day::timestamp at time zone 'Asia/Shanghai' as at, true as counts,
      round(b.reply_minutes * 100)::bigint as amount, b.chats::text as text
    from behavior_days b where ${ours('b')} and b.reply_minutes is not null and ${within(`(b.day::timestamp at time zone 'Asia/Shanghai')`)}`,
  harm: `
    select x.customer_id || ' ' || x.user_id || ' ' || x.day as id, x.user_id, x.customer_id, x.at,
      exists (select 1 from follow_events e where e.customer_id = x.customer_id and e.user_id = x.user_id and e.kind = 'ended'
        and e.at >= x.at and e.at < x.at + ${WEEK}) as counts, null::bigint as amount, '' as text
    from (select s.customer_id, s.user_id, ${day('s.sent_at')} as day, max(s.sent_at) as at from sends s where ${ours('s')} and s.outcome = 'ok'
      and s.sent_at >= $2::timestamptz - ${WEEK} and s.sent_at < $3::timestamptz - ${WEEK} group by 1, 2, 3) x`,
  assisted: ASSISTED,
  library: `
    select s.key::text as id, s.user_id, s.customer_id, s.sent_at as at, s.reply_id is not null as counts, null::bigint as amount,
      coalesce((select r.title from replies r where r.id = s.reply_id), left(s.content, 40)) as text
    from sends s where ${ours('s')} and s.outcome = 'ok' and ${within('s.sent_at')}`,
  retention: `${TIES} cross join asked where f.added_at < $3::timestamptz and ${ours('f')}
      and to_char(f.added_at at time zone 'Asia/Shanghai', 'YYYY-MM') = asked.month`,
  survival: `${TIES} cross join asked where f.added_at < $3::timestamptz and ${ours('f')}
      and ${DAYS_LIVED} >= coalesce(asked.after, 0)`,
}

/**
 * Two-way contact is of a whole period: its course asks of each step by itself, who was contacted in it and acted in it, among those owned by its end. `$8` days
 * to a step.
 */
export const ACTIVITY_STEPS = `
  with ${LED}, owned as materialized (
    select f.customer_id, f.user_id, c.buyer_id, ${stepOf(`greatest(f.added_at, $2::timestamptz)`)} as since
    from follows f join customers c on c.id = f.customer_id where ${OWNED}
  ), acted as (
    select s.customer_id, s.user_id, ${stepOf('s.sent_at')} as step from sends s where ${ours('s')} and s.outcome = 'ok' and ${within('s.sent_at')}
    union select n.customer_id, n.user_id, ${stepOf('n.created_at')} from notes n where ${OUR_NOTE}
  ), answered as (
    select distinct n.customer_id, n.user_id, ${stepOf('n.created_at')} as step from notes n where ${OUR_NOTE} and ${ANSWERED}
  ), mutual as (
    select a.step, count(*)::int as n from acted a join owned w on w.customer_id = a.customer_id and w.user_id = a.user_id
    left join answered s on s.customer_id = a.customer_id and s.user_id = a.user_id and s.step = a.step
    where s.step is not null or exists (select 1 from orders o where o.buyer_id = w.buyer_id and o.kind = 'sale' and ${within('o.ordered_at')}
      and o.ordered_at >= $2::timestamptz + a.step * $8::int * interval '1 day' and o.ordered_at < $2::timestamptz + (a.step + 1) * $8::int * interval '1 day')
    group by a.step
  ), grown as materialized (
    select since, count(*)::int as n from owned group by since
  )
  select g.i as step, coalesce(m.n, 0)::float8 / o.n as value, o.n
  from generate_series(0, ${stepOf(`$3::timestamptz - interval '1 microsecond'`)}) g(i)
  cross join lateral (select sum(n)::int as n from grown where since <= g.i) o
  left join mutual m on m.step = g.i where o.n > 0`

/** How rows become one number. */
export const KINDS: Record<FigureId, 'share' | 'mean' | 'sum'> = {
  coverage: 'share',
  quality: 'mean',
  passed: 'share',
  kept: 'share',
  promised: 'share',
  activity: 'share',
  replied: 'mean',
  replyTime: 'mean',
  harm: 'share',
  assisted: 'sum',
  library: 'share',
}

/** Amounts that carry two decimals in a whole number; and shares that WeCom gives in hundredths. */
const DIVISORS: Partial<Record<FigureId, number>> = { replied: 10_000, replyTime: 100 }

/** SQL text: the moment of a row `x` in the figure's course: harm is known a week after. */
export const courseAt = (figure: FigureId): string => (figure === 'harm' ? `(x.at + ${WEEK})` : 'x.at')

/** SQL text: the figure over rows `x`; null where there are none. A mean per day of WeCom's is weighted by the chats of that day. */
export function valueOf(figure: FigureId): string {
  const kind = KINDS[figure]
  if (kind === 'share') return `avg(x.counts::int)::float8`
  if (kind === 'sum') return `sum(x.amount)::float8`
  const divisor = DIVISORS[figure] ?? 1
  if (figure === 'quality') return `avg(x.amount)::float8`
  return `(sum(x.amount * greatest(x.text::int, 1)) / sum(greatest(x.text::int, 1)) / ${divisor})::float8`
}
