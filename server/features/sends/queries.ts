import type { ReplyId } from '#shared/ids.ts'
import type { ReplyPart } from '#shared/replies.ts'
import type { TouchKind } from '#shared/guard.ts'
import type { SendOutcome } from '#shared/sends.ts'
import { visibleTo } from '../replies/service.ts'
import { instantText, run, type Runner } from '#server/db/json.ts'

export interface Send {
  key: string
  customerId: string
  userId: string
  replyId: string | null
  part: number
  partType: ReplyPart['type']
  content: string
  outcome: SendOutcome
  reason: string | null
  kind: TouchKind
}

const FOLLOWED = `exists (select 1 from follows f where f.customer_id = $2 and f.user_id = $3 and f.ended_at is null)`

/** One statement: what was sent, and one more use of its reply when the part reached the chat. */
const INSERT = `
  with sent as (
    insert into sends (key, customer_id, user_id, reply_id, part, part_type, content, outcome, reason, sent_at, kind)
    select $1::uuid, $2, $3, $4::uuid, $5::int, $6, $7, $8, $9, $10::timestamptz, $11
    where ${FOLLOWED} and ($4::uuid is null or exists (
      select 1 from replies r where r.id = $4::uuid and ${visibleTo('$3')}))
    on conflict (key) do nothing
    returning user_id, reply_id, outcome, sent_at
  ), used as (
    insert into reply_uses as old (user_id, reply_id, uses, last_used_at)
    select user_id, reply_id, 1, sent_at from sent where outcome = 'ok' and reply_id is not null
    on conflict (user_id, reply_id) do update set uses = old.uses + 1, last_used_at = excluded.last_used_at
  )
  , touched as (
    update follows f set touched_at = greatest(f.touched_at, s.sent_at) from sent s
    where s.outcome = 'ok' and f.customer_id = $2 and f.user_id = $3
  )
  select ${instantText('sent_at')} as "sentAt" from sent`

/** undefined: nothing was stored; `findSend` says why. */
export async function insertSend(sql: Runner, send: Send, now: Date): Promise<string | undefined> {
  const { key, customerId, userId, replyId, part, partType, content, outcome, reason, kind } = send
  const values = [key, customerId, userId, replyId, part, partType, content, outcome, reason, now, kind]
  const [row] = await run<{ sentAt: string }>(sql, INSERT, values)
  return row?.sentAt
}

const FIND = `
  select ${FOLLOWED} as followed, s.key is not null as taken,
    case when s.customer_id = $2 and s.user_id = $3 then ${instantText('s.sent_at')} end as "sentAt"
  from (select) as one left join sends s on s.key = $1::uuid`

/** `sentAt` only for the caller's own send to this customer. */
export async function findSend(sql: Runner, { key, customerId, userId }: Send) {
  const [row] = await run<{ followed: boolean; taken: boolean; sentAt: string | null }>(sql, FIND, [
    key,
    customerId,
    userId,
  ])
  return row!
}

/** When each reply last reached this customer's chat, by this member. undefined: not followed. */
const SENT = `
  select (select coalesce(json_agg(json_build_object('replyId', s.reply_id, 'at', s.at)), '[]') from (
    select reply_id, max(sent_at) as at from sends
    where customer_id = $1 and user_id = $2 and reply_id is not null and outcome = 'ok' group by reply_id) s) as sent
  from follows f where f.customer_id = $1 and f.user_id = $2 and f.ended_at is null`

export async function selectSent(sql: Runner, customerId: string, userId: string) {
  const [row] = await run<{ sent: { replyId: ReplyId; at: string }[] }>(sql, SENT, [customerId, userId])
  return row?.sent
}
