import type { NextFigure, NextKind } from '#shared/next.ts'
import { instantText, run, type Runner } from '#server/db/json.ts'
import { ledBy } from '#server/db/scope.ts'
import { returnedNoteJson } from '../checks/service.ts'
import { taskJson } from '../tasks/service.ts'
import type { NextFacts } from './choose.ts'

/** `$1` customer, `$2` member, `$3` the end of today in China, `$4` since when a dismissal holds, `$5` today in China. */
const FACTS = `
  select
    (select ${taskJson} from tasks t where t.customer_id = f.customer_id and t.user_id = f.user_id and t.state = 'open'
      and t.due_at < $3::timestamptz order by t.due_at, t.id limit 1) as task,
    (select json_build_object('noteId', b.id, 'at', coalesce((select max(r.at) from note_reviews r where r.note_id = b.id and r.undone_at is null), n.updated_at))
      from (select ${returnedNoteJson} as id) b join notes n on n.id = b.id) as returned,
    ${instantText('f.added_at')} as "addedAt", ${instantText('f.touched_at')} as "touchedAt",
    array(select right(v.value #>> '{}', 5) from field_values v join custom_fields d on d.id = v.field_id
        where v.customer_id = f.customer_id and d.birthday and not d.retired and (d.roles = '{}' or 'rep' = any(d.roles))
      union select substring(g.name from '\\d\\d-\\d\\d') from tags g where g.id = any(f.tag_ids) and g.name ~ '生日.*\\d\\d-\\d\\d') as birthdays,
    coalesce(s.order_count > 0, false) as bought, g.kind as stage, k.connection,
    (select coalesce(json_agg(json_build_object('kind', x.kind, 'fact', x.dismissed_fact)), '[]') from next_actions x
      where x.customer_id = $1 and x.user_id = $2 and x.dismissed_at > $4::timestamptz) as quiet,
    array(select x.kind from next_actions x where x.customer_id = $1 and x.user_id = $2 and x.day = $5::date) as shown
  from follows f join customers c on c.id = f.customer_id
  left join buyer_stats s on s.buyer_id = c.buyer_id left join stages g on g.id = f.stage_id left join rfm k on k.customer_id = f.customer_id
  where f.customer_id = $1 and f.user_id = $2 and f.ended_at is null`

export interface Moments {
  endOfDay: Date
  quietSince: Date
  today: string
}

/** undefined: not followed. */
export async function selectFacts(
  sql: Runner,
  customerId: string,
  userId: string,
  { endOfDay, quietSince, today }: Moments,
): Promise<NextFacts | undefined> {
  const [row] = await run<NextFacts>(sql, FACTS, [customerId, userId, endOfDay, quietSince, today])
  return row
}

export interface Row {
  customerId: string
  userId: string
  kind: NextKind
  today: string
}

const SHOWN = `
  insert into next_actions (customer_id, user_id, kind, day, shown_at)
  select f.customer_id, f.user_id, $3, $4::date, $5::timestamptz from follows f
  where f.customer_id = $1 and f.user_id = $2 and f.ended_at is null on conflict do nothing`

/** Once a day for a customer, member and kind. */
export async function writeShown(sql: Runner, { customerId, userId, kind, today }: Row, now: Date): Promise<void> {
  await run(sql, SHOWN, [customerId, userId, kind, today, now])
}

/** The first time counts; what was taken stays taken. */
const SETTLE = `
  insert into next_actions as x (customer_id, user_id, kind, day, shown_at, taken_at, dismissed_at, dismissed_fact)
  select f.customer_id, f.user_id, $3, $4::date, $5::timestamptz, case when $6 = 'taken' then $5::timestamptz end,
    case when $6 = 'dismissed' then $5::timestamptz end, case when $6 = 'dismissed' then $7 end
  from follows f where f.customer_id = $1 and f.user_id = $2 and f.ended_at is null
  on conflict (customer_id, user_id, kind, day) do update set taken_at = coalesce(x.taken_at, excluded.taken_at),
    dismissed_at = coalesce(excluded.dismissed_at, x.dismissed_at), dismissed_fact = coalesce(excluded.dismissed_fact, x.dismissed_fact)
  returning 1 as ok`
/** Takes a dismissal back, whatever day it was of. */
const AGAIN = `
  with tie as (select * from follows f where f.customer_id = $1 and f.user_id = $2 and f.ended_at is null), back as (
    update next_actions x set dismissed_at = null, dismissed_fact = null from tie f
    where x.customer_id = f.customer_id and x.user_id = f.user_id and x.kind = $3 and x.dismissed_fact = $4
  )
  select 1 as ok from tie`

/** false: not followed. */
export async function writeOutcome(
  sql: Runner,
  { customerId, userId, kind, today }: Row,
  { fact, outcome }: { fact: string; outcome: 'taken' | 'dismissed' | 'shown' },
  now: Date,
): Promise<boolean> {
  const rows =
    outcome === 'shown'
      ? await run(sql, AGAIN, [customerId, userId, kind, fact])
      : await run(sql, SETTLE, [customerId, userId, kind, today, now, outcome, fact])
  return rows.length === 1
}

const FIGURES = `
  select x.kind, count(*)::int as shown, count(x.taken_at)::int as taken, count(x.dismissed_at)::int as dismissed,
    count(distinct x.customer_id)::int as customers
  from next_actions x where x.user_id in (${ledBy('$1')}) and x.day >= $2::date group by x.kind`

export const selectFigures = (sql: Runner, me: string, since: string): Promise<NextFigure[]> =>
  run<NextFigure>(sql, FIGURES, [me, since])

export async function deleteBefore(sql: Runner, day: string): Promise<void> {
  await run(sql, 'delete from next_actions where day < $1::date', [day])
}
