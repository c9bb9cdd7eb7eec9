import type { TodayKind, TodayRow } from '#shared/tasks.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { run } from '#server/db/json.ts'
import { taskJson } from './queries.ts'
import { DAY_MS, SHOP_MS } from '#shared/shop-time.ts'

const MOST = 200
/** How many days ahead a birthday is worth knowing. */
const AHEAD = 3

/**
 * Member, now, the end of today in China, the kind asked for, birthdays (`MM-DD`) to look for, how many. Each customer once, under the most
 * pressing of their reasons; every reason is counted.
 */
const TODAY = `
  with mine as materialized (
    select f.customer_id, f.remark, f.added_at, f.touched_at, f.stage_id, f.tag_ids
    from follows f where f.user_id = $1 and f.ended_at is null
  ), reasons as (
    select t.customer_id, case when t.due_at < $2::timestamptz then 'overdue' else 'due' end as kind, t.due_at as at, t.id as task_id
    from tasks t where t.user_id = $1 and t.state = 'open' and t.due_at < $3::timestamptz
    union all
    select m.customer_id, 'unanswered', m.added_at, null::uuid from mine m
    where m.added_at > $2::timestamptz - interval '7 days' and coalesce(m.touched_at, 'epoch') < m.added_at
    union all
    select k.customer_id, 'returned', k.created_at, null::uuid from note_checks k join notes n on n.id = k.note_id and n.deleted_at is null
    where k.user_id = $1 and k.state = 'returned'
    union all
    select m.customer_id, 'birthday', $2::timestamptz, null::uuid from mine m
    where m.tag_ids && array(select id from tags where name ~ '生日' and substring(name from '\\d\\d-\\d\\d') = any($5))
      or m.customer_id in (select v.customer_id from field_values v join custom_fields d on d.id = v.field_id
        where d.birthday and right(v.value #>> '{}', 5) = any($5))
  ), cold as materialized (
    select m.customer_id, coalesce(m.touched_at, m.added_at) as at, coalesce(s.spend_fen, 0) as weight
    from mine m join customers c on c.id = m.customer_id left join buyer_stats s on s.buyer_id = c.buyer_id
      left join stages g on g.id = m.stage_id
    where coalesce(m.touched_at, m.added_at) < $2::timestamptz - interval '30 days'
      and (s.order_count > 0 or g.kind = 'open') and g.kind is distinct from 'lost'
  ), candidates as (
    select r.customer_id, r.kind, r.at, r.task_id, 0::bigint as weight from reasons r
    union all
    (select c.customer_id, 'cold', c.at, null, c.weight from cold c order by c.weight desc, c.at, c.customer_id limit $6)
  ), ranked as (
    select c.*, array_position(array['overdue', 'returned', 'due', 'unanswered', 'birthday', 'cold'], c.kind) as rank from candidates c
  ), first_of as (
    select distinct on (r.customer_id) r.*, array_agg(r.kind) over (partition by r.customer_id) as kinds
    from ranked r where $4::text is null or r.kind = $4 order by r.customer_id, r.rank, r.at
  )
  select
    (select coalesce(json_agg(json_build_object('customerId', o.customer_id, 'name', o.name, 'kind', o.kind,
      'kinds', array(select distinct k from unnest(o.kinds) k), 'at', o.at, 'task', o.task) order by o.rank, o.weight desc, o.at, o.customer_id), '[]')
      from (select r.*, coalesce(nullif(m.remark, ''), c.name) as name, (select ${taskJson} from tasks t where t.id = r.task_id) as task
        from first_of r join mine m on m.customer_id = r.customer_id join customers c on c.id = r.customer_id
        order by r.rank, r.weight desc, r.at, r.customer_id limit $6) o) as rows,
    (select coalesce(json_object_agg(k.kind, k.n), '{}') from (
      select r.kind, count(distinct r.customer_id)::int as n from reasons r join mine m on m.customer_id = r.customer_id group by r.kind
      union all select 'cold', count(*)::int from cold) k) as counts`

/** Whom to turn to today, and why. */
export async function readToday(ctx: Ctx, { kind }: { kind?: TodayKind | undefined }) {
  const now = ctx.now()
  const there = now.getTime() + SHOP_MS
  const endOfDay = new Date(Math.ceil((there + 1) / DAY_MS) * DAY_MS - SHOP_MS)
  const birthdays = Array.from({ length: AHEAD + 1 }, (_, i) => new Date(there + i * DAY_MS).toISOString().slice(5, 10))
  const values = [memberOf(ctx), now, endOfDay, kind ?? null, birthdays, MOST]
  const [row] = await run<{ rows: TodayRow[]; counts: Partial<Record<TodayKind, number>> }>(ctx.sql, TODAY, values)
  const none = { overdue: 0, due: 0, returned: 0, unanswered: 0, cold: 0, birthday: 0 }
  return { rows: row!.rows, counts: { ...none, ...row!.counts } }
}
