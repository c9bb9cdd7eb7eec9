import type { Flag } from '#shared/flags.ts'
import type { Comment, ReviewItem, ReviewNote, ReviewTab, Scores, Verdict } from '#shared/review.ts'
import type { Place } from '#server/db/cursor.ts'
import { run, type Runner } from '#server/db/json.ts'
import { ledTie } from '#server/db/scope.ts'
import { contactOn, MONDAY } from '../checks/service.ts'
import { contactJson } from '../customers/service.ts'
import { noteJson, peopleJson } from '../notes/service.ts'
import { newestOrdersJson, summaryJson } from '../orders/service.ts'
import { stageJson } from '../stages/service.ts'
import { followTagsJson } from '../tags/service.ts'
import { taskJson } from '../tasks/service.ts'

const nameOf = (userId: string): string => `coalesce((select name from members where user_id = ${userId}), ${userId})`
const personJson = (userId: string): string => `json_build_object('userId', ${userId}, 'name', ${nameOf(userId)})`

/** Notes that the member `$1` reviews: of whoever they lead, about whom those follow now; never their own, and never private ones. */
const LED = `note_checks k join notes n on n.id = k.note_id
  join follows f on f.customer_id = k.customer_id and f.user_id = k.user_id and ${ledTie('$1')}
  join customers c on c.id = f.customer_id
  left join members m on m.user_id = k.user_id`
const READABLE = `n.visibility <> 'private' and n.deleted_at is null and k.user_id <> $1`

const ITEM = `json_build_object('noteId', n.id, 'author', json_build_object('userId', n.user_id, 'name', coalesce(m.name, n.user_id)),
  'customerId', n.customer_id, 'customerName', coalesce(nullif(f.remark, ''), c.name),
  'storeName', (select d.name from departments d where d.id = m.main_department_id), 'body', left(n.body, 160), 'createdAt', n.created_at,
  'version', n.version, 'flags', k.flags, 'verdict', nullif(k.state, 'open'), 'sampled', k.sampled,
  'read', exists (select 1 from note_reads r where r.note_id = n.id and r.user_id = $1 and r.version >= n.version))`

export interface Wanted {
  since: Date
  store: number | null
  q: string | null
  verdict: Verdict | null
}

const FILTERS = `${READABLE} and k.created_at >= $2::timestamptz
  and ($3::int is null or exists (select 1 from department_tree s where s.ancestor_id = $3::int and s.descendant_id = any(m.department_ids)))
  and ($4::text is null or strpos(lower(concat_ws(' ', coalesce(m.name, n.user_id), f.remark, c.name, n.body)), lower($4)) > 0)`

const TABS: Record<ReviewTab, string> = {
  flagged: `k.state = 'open' and k.flagged`,
  low: `k.state = 'open' and not k.flagged`,
  done: `k.state <> 'open'`,
}

export interface Listed {
  item: ReviewItem
  at: string
}

export function selectItems(
  sql: Runner,
  me: string,
  tab: ReviewTab,
  { since, store, q, verdict }: Wanted,
  after: Place | null,
  limit: number,
): Promise<Listed[]> {
  const text = `select ${ITEM} as item, n.created_at::text as at from ${LED} where ${FILTERS} and ${TABS[tab]}
    and ($5::timestamptz is null or (k.created_at, k.note_id) < ($5::timestamptz, $6::uuid)) and ($8::text is null or k.state = $8)
    order by k.created_at desc nulls last, k.note_id desc nulls last limit $7::int`
  return run<Listed>(sql, text, [me, since, store, q, after?.at ?? null, after?.id ?? null, limit, verdict])
}

const COUNTS = `select ${Object.entries(TABS)
  .map(([tab, where]) => `count(*) filter (where ${where})::int as ${tab}`)
  .join(', ')} from ${LED} where ${FILTERS}`

export async function countItems(sql: Runner, me: string, { since, store, q }: Wanted) {
  const [row] = await run<Record<ReviewTab, number>>(sql, COUNTS, [me, since, store, q])
  return row!
}

/** The departments the member leads and those below, where somebody works. */
const STORES = `
  select distinct d.id, d.name from departments l join department_tree t on t.ancestor_id = l.id join departments d on d.id = t.descendant_id
  where $1 = any(l.leader_user_ids) and exists (select 1 from members m where d.id = any(m.department_ids) and m.status = 1)
  order by d.id`

export const selectStores = (sql: Runner, me: string) => run<{ id: number; name: string }>(sql, STORES, [me])

/** One note that the member may judge, its check locked for the rest of the transaction when `lock` says so. */
export async function selectItem(sql: Runner, me: string, noteId: string, lock = false) {
  const text = `select ${ITEM} as item from ${LED} where ${READABLE} and k.note_id = $2::uuid ${lock ? 'for update of k' : ''}`
  const [row] = await run<{ item: ReviewItem }>(sql, text, [me, noteId])
  return row?.item
}

const COMMENTS = `(
  select coalesce(json_agg(json_build_object('id', o.id, 'author', ${personJson('o.user_id')}, 'body', o.body, 'replyTo', o.reply_to,
    'mentions', ${peopleJson('o.mentions')}, 'at', o.at) order by o.at, o.id), '[]') from note_comments o where o.note_id = n.id)`
const JUDGED = `(
  select json_build_object('verdict', r.verdict, 'by', ${personJson('r.by_user_id')}, 'at', r.at, 'version', r.version, 'scores', r.scores,
    'sampled', r.sampled) from note_reviews r where r.note_id = n.id and r.undone_at is null order by r.at desc limit 1)`

/** Colleagues' notes on the same customer that the member may read too. */
const EARLIER = `from notes e join follows ef on ef.customer_id = e.customer_id and ef.user_id = e.user_id and ${ledTie('$1').replaceAll('f.', 'ef.')}
  where e.customer_id = n.customer_id and e.id <> n.id and e.created_at < n.created_at and e.visibility <> 'private' and e.deleted_at is null`

const MONTH = `(date_trunc('month', n.created_at at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai')`

const DETAIL = `
  select ${ITEM} as item, ${noteJson('$1')} as note,
    (select coalesce(json_agg(json_build_object('version', v.version, 'body', v.said ->> 'body', 'savedAt', v.saved_at) order by v.version), '[]')
      from note_versions v where v.note_id = n.id) as versions,
    ${JUDGED} as judged, ${COMMENTS} as comments,
    (select ${taskJson} from tasks t where t.customer_id = n.customer_id and t.user_id = n.user_id and t.state <> 'dropped'
      and (t.note_id = n.id or t.state = 'open') order by t.note_id = n.id desc nulls last, t.due_at limit 1) as task,
    ${stageJson} as stage, ${contactJson} as customer, ${followTagsJson('f')} as tags, ${summaryJson('s')} as summary,
    ${newestOrdersJson('c.buyer_id')} as orders,
    (select json_agg(${contactOn(`(${MONDAY} + g.i)`)} order by g.i) from generate_series(0, 6) g(i)) as week,
    (select coalesce(json_agg(x order by x."createdAt" desc), '[]') from (
      select e.id, e.body, e.created_at as "createdAt", e.user_id = n.user_id as mine ${EARLIER} order by e.created_at desc limit 3) x) as earlier,
    (select count(*)::int ${EARLIER}) as "earlierCount",
    (select json_build_object('notes', count(*), 'withNext', count(*) filter (where exists (select 1 from tasks t
          where t.customer_id = o.customer_id and t.user_id = o.user_id and t.note_id = o.note_id and t.state <> 'dropped')),
        'redLines', count(*) filter (where o.flags @> '[{"tone":"bad"}]'))
      from note_checks o where o.user_id = n.user_id and o.created_at >= ${MONTH} and o.created_at < ${MONTH} + interval '1 month') as month,
    (select coalesce(json_agg(json_build_object('userId', p.user_id, 'name', p.name) order by p.user_id <> n.user_id, p.name), '[]') from members p
      where p.status = 1 and p.user_id <> $1 and (p.user_id = n.user_id or p.user_id in (select unnest(d.leader_user_ids) from departments d
        join department_tree t on t.ancestor_id = d.id where t.descendant_id = any(m.department_ids)))) as people
  from ${LED} left join buyer_stats s on s.buyer_id = c.buyer_id where ${READABLE} and k.note_id = $2::uuid`

export async function selectReviewNote(sql: Runner, me: string, noteId: string): Promise<ReviewNote | undefined> {
  const [row] = await run<ReviewNote>(sql, DETAIL, [me, noteId])
  return row
}

/** true: this member sees this text for the first time. */
export async function markRead(sql: Runner, me: string, noteId: string, version: number, now: Date): Promise<boolean> {
  const text = `insert into note_reads as r (note_id, user_id, version, read_at) values ($1::uuid, $2, $3::int, $4::timestamptz)
    on conflict (note_id, user_id) do update set version = excluded.version, read_at = excluded.read_at where r.version < excluded.version returning 1`
  return (await run(sql, text, [noteId, me, version, now])).length === 1
}

export interface NewVerdict {
  id: string
  noteId: string
  version: number
  verdict: Verdict
  scores: Scores | null
  by: string
}

const JUDGE = `
  with made as (
    insert into note_reviews (id, note_id, version, verdict, scores, by_user_id, at)
    values ($1::uuid, $2::uuid, $3::int, $4, $5::text::jsonb, $6, $7::timestamptz) on conflict (id) do nothing returning note_id, verdict
  )
  update note_checks k set state = m.verdict, sampled = false from made m where k.note_id = m.note_id returning 1`

/** Once for an id. */
export async function insertVerdict(sql: Runner, given: NewVerdict, now: Date): Promise<boolean> {
  const { id, noteId, version, verdict, scores, by } = given
  const values = [id, noteId, version, verdict, scores && JSON.stringify(scores), by, now]
  return (await run(sql, JUDGE, values)).length === 1
}

/** The caller's own, and the newest that stands: false otherwise. What stood before it stands again. */
const UNDO = `
  with undone as (
    update note_reviews r set undone_at = $4::timestamptz
    where r.id = $1::uuid and r.note_id = $2::uuid and r.by_user_id = $3 and r.undone_at is null
      and not exists (select 1 from note_reviews o where o.note_id = r.note_id and o.undone_at is null and o.at > r.at) returning r.*
  )
  update note_checks k set
    state = coalesce((select r.verdict from note_reviews r where r.note_id = k.note_id and r.undone_at is null and r.id <> u.id
      and r.version = k.version order by r.at desc limit 1), 'open'),
    sampled = coalesce((select r.sampled from note_reviews r where r.note_id = k.note_id and r.undone_at is null and r.id <> u.id
      and r.version = k.version order by r.at desc limit 1), false)
  from undone u where k.note_id = u.note_id returning 1`

export async function undoVerdictRow(sql: Runner, id: string, noteId: string, me: string, now: Date): Promise<boolean> {
  return (await run(sql, UNDO, [id, noteId, me, now])).length === 1
}

export interface NewComment {
  id: string
  noteId: string
  userId: string
  replyTo: string | null
  body: string
  mentions: string[]
}

/** Once for an id, and only in answer to a comment of the same note. */
export async function insertComment(sql: Runner, comment: NewComment, now: Date): Promise<boolean> {
  const text = `insert into note_comments (id, note_id, user_id, reply_to, body, mentions, at)
    select $1::uuid, $2::uuid, $3, (select o.id from note_comments o where o.id = $4::uuid and o.note_id = $2::uuid), $5, $6::text[], $7::timestamptz
    on conflict (id) do nothing returning 1`
  const { id, noteId, userId, replyTo, body, mentions } = comment
  return (await run(sql, text, [id, noteId, userId, replyTo, body, mentions, now])).length === 1
}

export async function deleteComment(sql: Runner, id: string): Promise<void> {
  await run(sql, 'delete from note_comments where id = $1::uuid', [id])
}

export async function selectComments(sql: Runner, noteId: string): Promise<Comment[]> {
  const text = `select ${COMMENTS} as comments from notes n where n.id = $1::uuid`
  const [row] = await run<{ comments: Comment[] }>(sql, text, [noteId])
  return row?.comments ?? []
}

/** What became of one's own note, for as long as one follows its customer. That it was escalated is not told here. */
const OWN = `
  select ${JUDGED.replace('r.undone_at is null', `r.undone_at is null and r.verdict <> 'escalated'`)} as judged, ${COMMENTS} as comments, coalesce((select k.flags from note_checks k where k.note_id = n.id), '[]') as flags,
    coalesce(nullif(f.remark, ''), (select name from customers where id = f.customer_id)) as "customerName"
  from notes n join follows f on f.customer_id = n.customer_id and f.user_id = n.user_id and f.ended_at is null
  where n.customer_id = $1 and n.user_id = $2 and n.id = $3::uuid and n.deleted_at is null`

export interface OwnReview {
  judged: ReviewNote['judged']
  comments: Comment[]
  flags: Flag[]
  customerName: string
}

export async function selectOwnReview(sql: Runner, customerId: string, userId: string, noteId: string) {
  const [row] = await run<OwnReview>(sql, OWN, [customerId, userId, noteId])
  return row
}
