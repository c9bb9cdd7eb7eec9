import type { Ctx } from '#server/context.ts'
import { run } from '#server/db/json.ts'
import { outsideQuiet } from '../quiet/service.ts'

/** WeCom drops what goes beyond thirty a minute to one member without a word. */
const MOST_A_MINUTE = 20

/**
 * Reminders that are due: each is marked and put into the outbox with its job in one statement, so that it exists once whoever else is at it.
 * A task that is settled or put off before the card goes out is not reminded of (`outbox`).
 */
const REMIND = `
  with due as (
    select t.id from tasks t
    join follows f on f.customer_id = t.customer_id and f.user_id = t.user_id and f.ended_at is null
    where t.state = 'open' and t.remind_at <= $1::timestamptz and t.reminded_for is distinct from t.remind_at
    order by t.remind_at limit 500 for update of t skip locked
  ), ranked as (
    select t.*, row_number() over (partition by t.user_id order by t.remind_at, t.id) as place from tasks t join due on due.id = t.id
  ), mine as (
    update tasks t set reminded_for = t.remind_at from ranked r where r.id = t.id and r.place <= ${MOST_A_MINUTE} returning t.*
  ), said as (
    insert into outbox (customer_id, user_id, write, created_at)
    select m.customer_id, m.user_id, jsonb_build_object('kind', 'message', 'to', m.user_id,
      'title', '待办：' || left(m.title, 100),
      'small', to_char(m.due_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI'),
      'strong', coalesce(nullif(f.remark, ''), c.name),
      'path', '/sidebar?customer=' || m.customer_id, 'taskId', m.id, 'remindAt', m.remind_at), $1::timestamptz
    from mine m join follows f on f.customer_id = m.customer_id and f.user_id = m.user_id join customers c on c.id = m.customer_id
    returning customer_id
  )
  select count(graphile_worker.add_job('outbox.send', json_build_object('customerId', s.customer_id), max_attempts := 25,
    job_key := 'outbox ' || s.customer_id))::int as n from (select distinct customer_id from said) s`

/** Nothing goes out in quiet hours, also not what should have gone out before them. */
export async function remindDue(ctx: Ctx): Promise<void> {
  const now = ctx.now()
  if ((await outsideQuiet(ctx, ctx.sql, now)) > now) return
  await run(ctx.sql, REMIND, [now])
}
