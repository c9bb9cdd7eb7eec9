import type { GuardRules, TouchKind } from '#shared/guard.ts'
import type { Quiet } from '#shared/quiet.ts'
import { run, type Runner } from '#server/db/json.ts'

export interface StoredTouch {
  at: string
  kind: TouchKind
  userId: string
  replyId: string | null
  content: string
}

export interface Known {
  name: string
  touches: StoredTouch[]
  refusal: { at: string; by: string; reason: string } | null
  rules: GuardRules | null
  /** Absent: nobody has chosen. */
  quiet: { from: number | null; until: number | null } | null
  rhythm: { days: number; boughtAt: string } | null
}

/** Everything a verdict rests on, in one statement. `$1` customer, `$2` member, `$3` since when. Sends of all members count: it is one customer who bears them. */
const KNOWN = `
  select coalesce(nullif(f.remark, ''), c.name) as name,
    (select coalesce(json_agg(json_build_object('at', s.sent_at, 'kind', s.kind, 'userId', s.user_id, 'replyId', s.reply_id, 'content', s.content) order by s.sent_at), '[]')
      from (select * from sends where customer_id = $1 and outcome = 'ok' and sent_at > $3::timestamptz order by sent_at desc limit 500) s) as touches,
    (select json_build_object('at', r.at, 'by', coalesce(m.name, r.user_id), 'reason', r.reason)
      from contact_refusals r left join members m on m.user_id = r.user_id where r.customer_id = $1) as refusal,
    (select rules from guard_rules) as rules,
    (select json_build_object('from', from_minute, 'until', until_minute) from quiet_hours) as quiet,
    (select json_build_object('days', t.rhythm_days, 'boughtAt', b.last_ordered_at) from buyer_tastes t join buyer_stats b using (buyer_id)
      where t.buyer_id = c.buyer_id and t.rhythm_days is not null and b.last_ordered_at is not null
        and not exists (select 1 from taste_denials d where d.customer_id = $1 and d.word like 'rhythm:%')) as rhythm
  from follows f join customers c on c.id = f.customer_id
  where f.customer_id = $1 and f.user_id = $2 and f.ended_at is null`

/** undefined: not followed. */
export async function selectKnown(
  sql: Runner,
  customerId: string,
  userId: string,
  since: Date,
): Promise<Known | undefined> {
  const [row] = await run<Known>(sql, KNOWN, [customerId, userId, since])
  return row
}

const REFUSE = `
  insert into contact_refusals (customer_id, user_id, reason, at)
  select customer_id, user_id, $3, $4::timestamptz from follows where customer_id = $1 and user_id = $2 and ended_at is null
  on conflict (customer_id) do update set user_id = excluded.user_id, reason = excluded.reason, at = excluded.at`

export async function writeRefusal(
  tx: Runner,
  customerId: string,
  userId: string,
  reason: string | null,
  now: Date,
): Promise<void> {
  if (reason === null) await run(tx, 'delete from contact_refusals where customer_id = $1', [customerId])
  else await run(tx, REFUSE, [customerId, userId, reason, now])
}

export async function selectRules(sql: Runner): Promise<GuardRules | undefined> {
  const [row] = await run<{ rules: GuardRules }>(sql, 'select rules from guard_rules', [])
  return row?.rules
}

export async function writeRules(tx: Runner, rules: GuardRules, now: Date): Promise<void> {
  const text = `insert into guard_rules (id, rules, saved_at) values (true, $1::text::jsonb, $2::timestamptz)
    on conflict (id) do update set rules = excluded.rules, saved_at = excluded.saved_at`
  await run(tx, text, [JSON.stringify(rules), now])
}

const RECENT = `
  select customer_id as "customerId", user_id as "userId", reply_id as "replyId", kind, extract(epoch from sent_at)::float8 * 1000 as ms
  from sends where outcome = 'ok' and sent_at > $1::timestamptz order by sent_at desc limit $2::int`

/** The newest touches of everybody, newest first. */
export const selectRecent = (sql: Runner, since: Date, limit: number) =>
  run<{ customerId: string; userId: string; replyId: string | null; kind: TouchKind; ms: number }>(sql, RECENT, [
    since,
    limit,
  ])

export const quietOf = (saved: Known['quiet'], otherwise: Quiet | undefined): Quiet | undefined => {
  if (!saved) return otherwise
  return saved.from === null || saved.until === null ? undefined : { from: saved.from, until: saved.until }
}
