import type { Order, SpendSummary } from '#shared/orders.ts'
import type { ConnectionSegment, PurchaseSegment } from '#shared/rfm.ts'
import { instantText, run, type Runner } from '#server/db/json.ts'
import { ledTie } from '#server/db/scope.ts'
import { readableNote } from '../notes/service.ts'
import { summaryJson } from '../orders/service.ts'
import { followTagsJson } from '../tags/service.ts'

export interface BriefNote {
  id: string
  body: string
  at: string
  by: string
  mine: boolean
  secret: boolean
}

/** Everything a brief may speak of. Money in fen, moments in UTC. */
export interface BriefFacts {
  name: string
  nickname: string
  followerName: string
  salutation: string
  description: string
  addWay: number
  addedAt: string
  stage: string | null
  tags: { id: string | null; name: string }[]
  segments: { purchase: PurchaseSegment | null; connection: ConnectionSegment } | null
  /** How they came to the follower, where it was by a transfer. */
  handed: { id: string; at: string; from: string; reason: string; salutation: string } | null
  notes: BriefNote[]
  tasks: { id: string; title: string; dueAt: string; createdAt: string; by: string; mine: boolean; secret: boolean }[]
  orders: (Pick<Order, 'id' | 'kind' | 'amountFen' | 'currency' | 'items' | 'store'> & { at: string })[]
  summary: SpendSummary | null
  refusal: { at: string; by: string; reason: string } | null
  denied: { word: string; at: string; by: string }[]
  sends: { key: string; at: string; title: string | null; length: number }[]
}

const nameOf = (userId: string): string => `coalesce((select name from members where user_id = ${userId}), ${userId})`

/**
 * One statement: `$1` customer, `$2` the member whose tie it is. `tie` says whose: the caller's own, or one of somebody they lead; then notes that are private stay
 * out even though the member may read their own. Promises of whoever handed the customer over (and no longer follows them) count too, unless they were made
 * in a note the new member may not read.
 */
const facts = (tie: string, seen: 'own' | 'led'): string => `
  with tie as materialized (
    select f.*, c.name, c.buyer_id from follows f join customers c on c.id = f.customer_id
    where f.customer_id = $1 and f.user_id = $2 and ${tie}
  ), handed as (
    select t.id, t.from_user_id, t.reason, coalesce(t.settled_at, t.created_at) as at from transfers t
    where t.customer_id = $1 and t.to_user_id = $2 and t.state in ('asked', 'done')
      and not exists (select 1 from follows g where g.customer_id = $1 and g.user_id = t.from_user_id and g.ended_at is null)
    order by t.id desc limit 1
  )
  select coalesce(nullif(f.remark, ''), f.name) as name, f.name as nickname, ${nameOf('f.user_id')} as "followerName", f.salutation, f.description,
    f.add_way as "addWay", ${instantText('f.added_at')} as "addedAt", (select g.name from stages g where g.id = f.stage_id) as stage, ${followTagsJson('f')} as tags,
    (select json_build_object('purchase', k.segment, 'connection', k.connection) from rfm k where k.customer_id = f.customer_id) as segments,
    (select json_build_object('id', h.id::text, 'at', h.at, 'from', ${nameOf('h.from_user_id')}, 'reason', h.reason,
      'salutation', coalesce((select g.salutation from follows g where g.customer_id = $1 and g.user_id = h.from_user_id), '')) from handed h) as handed,
    (select coalesce(json_agg(json_build_object('id', n.id, 'body', n.body, 'at', n.created_at, 'by', ${nameOf('n.user_id')}, 'mine', ${seen === 'own' ? 'n.user_id = $2' : 'false'},
        'secret', n.visibility = 'private') order by n.created_at desc, n.id), '[]')
      from (select * from notes n where n.customer_id = $1 and ${readableNote('$2')} ${seen === 'led' ? `and n.visibility <> 'private'` : ''}
        order by n.created_at desc nulls last, n.id desc nulls last limit 30) n) as notes,
    (select coalesce(json_agg(json_build_object('id', t.id, 'title', t.title, 'dueAt', t.due_at, 'createdAt', t.created_at, 'by', ${nameOf('t.user_id')},
        'mine', ${seen === 'own' ? 't.user_id = $2' : 'false'}, 'secret', exists (select 1 from notes n where n.id = t.note_id and n.visibility = 'private'))
        order by t.due_at, t.id), '[]')
      from (select t.* from tasks t where t.customer_id = $1 and t.state = 'open' and (t.user_id = $2 or t.user_id in (select from_user_id from handed))
        and not exists (select 1 from notes n where n.id = t.note_id and n.visibility <> 'team'
          and (t.user_id <> $2 ${seen === 'led' ? `or n.visibility = 'private'` : ''}))
        order by t.due_at, t.id limit 12) t) as tasks,
    (select coalesce(json_agg(json_build_object('id', o.id::text, 'at', o.ordered_at, 'kind', o.kind, 'amountFen', o.amount_fen, 'currency', o.currency,
        'items', o.items, 'store', o.store) order by o.ordered_at desc, o.id desc), '[]')
      from (select * from orders where buyer_id = f.buyer_id order by ordered_at desc nulls last, id desc nulls last limit 200) o) as orders,
    ${summaryJson('s')} as summary,
    (select json_build_object('at', r.at, 'by', ${nameOf('r.user_id')}, 'reason', r.reason) from contact_refusals r where r.customer_id = $1) as refusal,
    (select coalesce(json_agg(json_build_object('word', d.word, 'at', d.at, 'by', ${nameOf('d.user_id')}) order by d.at desc, d.word), '[]')
      from taste_denials d where d.customer_id = $1) as denied,
    (select coalesce(json_agg(json_build_object('key', x.key, 'at', x.sent_at, 'title', (select r.title from replies r where r.id = x.reply_id),
        'length', length(x.content)) order by x.sent_at desc, x.key), '[]')
      from (select * from sends x where x.customer_id = $1 and x.user_id = $2 and x.outcome = 'ok' and x.part_type = 'text'
        order by x.sent_at desc limit 100) x) as sends
  from tie f left join buyer_stats s on s.buyer_id = f.buyer_id`

const OWN = facts('f.ended_at is null', 'own')
const LED = facts(ledTie('$3'), 'led')

/** Of a customer the member follows; undefined where they do not. */
export async function selectFacts(sql: Runner, customerId: string, userId: string): Promise<BriefFacts | undefined> {
  const [row] = await run<BriefFacts>(sql, OWN, [customerId, userId])
  return row
}

/** Of a customer of somebody `me` leads; undefined where they do not. */
export async function selectLedFacts(
  sql: Runner,
  me: string,
  { customerId, followerId }: { customerId: string; followerId: string },
): Promise<BriefFacts | undefined> {
  const [row] = await run<BriefFacts>(sql, LED, [customerId, followerId, me])
  return row
}

/** Handed to this member since a moment, by one of our transfers or (add_way 201 and 202) by WeCom's own hand, and not put aside since. */
const HANDOVER = `
  with came as (
    select t.at, t.who from follows f cross join lateral (
      select coalesce(t.settled_at, t.created_at) as at, ${nameOf('t.from_user_id')} as who from transfers t
      where t.customer_id = f.customer_id and t.to_user_id = f.user_id and t.state in ('asked', 'done')
      union all
      select f.added_at, null::text where f.add_way in (201, 202)
    ) t where f.customer_id = $1 and f.user_id = $2 and f.ended_at is null
  )
  select ${instantText('c.at')} as at, c.who as "from" from came c
  where c.at > $3::timestamptz and not exists (select 1 from brief_dismissals d where d.customer_id = $1 and d.user_id = $2 and d.at >= c.at)
  order by c.who is null, c.at desc limit 1`

export async function selectHandover(sql: Runner, customerId: string, userId: string, since: Date) {
  const [row] = await run<{ at: string; from: string | null }>(sql, HANDOVER, [customerId, userId, since])
  return row
}

const DISMISS = `
  insert into brief_dismissals (customer_id, user_id, at)
  select f.customer_id, f.user_id, $3::timestamptz from follows f where f.customer_id = $1 and f.user_id = $2 and f.ended_at is null
  on conflict (customer_id, user_id) do update set at = excluded.at returning 1 as ok`
const OFFER = `
  with tie as (select * from follows where customer_id = $1 and user_id = $2 and ended_at is null), gone as (
    delete from brief_dismissals d using tie f where d.customer_id = f.customer_id and d.user_id = f.user_id and $3::timestamptz is not null
  )
  select 1 as ok from tie`

/** false: not followed. */
export async function writeDismissal(
  sql: Runner,
  { customerId, userId, dismissed }: { customerId: string; userId: string; dismissed: boolean },
  now: Date,
): Promise<boolean> {
  return (await run(sql, dismissed ? DISMISS : OFFER, [customerId, userId, now])).length === 1
}
