import type { AuditEntry } from '#shared/audit.ts'
import { instantText, run, type Runner } from '#server/db/json.ts'

export interface Entry {
  action: string
  subject?: string
  detail?: Record<string, unknown>
}

/**
 * Writes down what is being done, in the transaction that does it: where this fails, it is not done and nothing is shown.
 * `actor`: a userid, or a name that no userid has.
 */
export async function record(sql: Runner, actor: string, { action, subject, detail }: Entry): Promise<void> {
  const text = `insert into audit_log (actor, action, subject, detail) values ($1, $2, $3, $4::text::jsonb)`
  await run(sql, text, [actor, action, subject ?? null, JSON.stringify(detail ?? {})])
}

const LIST = `
  select a.id::text, ${instantText('a.at')} as at, a.actor, m.name as "actorName", a.action, a.subject, a.detail
  from audit_log a left join members m on m.user_id = a.actor
  where ($1::bigint is null or a.id < $1::bigint) and ($2::text is null or a.actor = $2) and ($3::text is null or a.action = $3)
  order by a.id desc limit $4`

export const selectEntries = (
  sql: Runner,
  {
    cursor,
    actor,
    action,
    limit,
  }: { cursor: string | null; actor: string | null; action: string | null; limit: number },
): Promise<AuditEntry[]> => run<AuditEntry>(sql, LIST, [cursor, actor, action, limit])

/**
 * How often this member did it today, by the calendar of China. One at a time until the transaction ends, so that two requests at once
 * cannot both be the last that is allowed.
 */
export async function doneToday(sql: Runner, actor: string, action: string): Promise<number> {
  // A statement of its own: the count must not be of before the wait.
  await run(sql, 'select pg_advisory_xact_lock(hashtext($2), hashtext($1))', [actor, action])
  const text = `
    select count(*)::int as n from audit_log where actor = $1 and action = $2
      and at >= date_trunc('day', clock_timestamp() at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai'`
  const [row] = await run<{ n: number }>(sql, text, [actor, action])
  return row?.n ?? 0
}

export interface Opening {
  userId: string
  customerId: string
  openedAt: Date
}

/** Stores what was opened here and answers what each of these members opened anywhere since `since`. */
export async function shareOpenings(
  sql: Runner,
  openings: Opening[],
  since: Date,
): Promise<{ userId: string; customerIds: string[] }[]> {
  const text = `
    with mine as (
      select * from jsonb_to_recordset($1::text::jsonb) as o("userId" text, "customerId" text, "openedAt" timestamptz)
    ), stored as (
      insert into customer_openings as old (user_id, customer_id, opened_at)
      select "userId", "customerId", max("openedAt") from mine group by 1, 2
      on conflict (user_id, customer_id) do update set opened_at = greatest(old.opened_at, excluded.opened_at)
    )
    select user_id as "userId", array_agg(customer_id) as "customerIds" from customer_openings
    where user_id in (select "userId" from mine) and opened_at > $2::timestamptz group by user_id`
  return await run(sql, text, [JSON.stringify(openings), since])
}

export async function deleteOpenings(sql: Runner, before: Date): Promise<void> {
  await run(sql, 'delete from customer_openings where opened_at < $1::timestamptz', [before])
}
