import type { Sql } from 'postgres'
import type { TagTone } from '#shared/tags.ts'
import type { TagTrial } from '#shared/tag-hints.ts'
import { instantText, run, type Runner } from '#server/db/json.ts'
import type { Link } from './links.ts'
import type { SaidNote } from './said.ts'

/** Every tag, with its group where only one of that group may be on a customer. */
export const selectPlaces = (sql: Runner): Promise<{ id: string; single: string | null }[]> =>
  run(
    sql,
    'select t.id, case when g.single_choice then g.id end as single from tags t join tag_groups g on g.id = t.group_id',
    [],
  )

export async function countTies(sql: Runner): Promise<number> {
  const [row] = await run<{ n: number }>(sql, 'select count(*)::int as n from follows where ended_at is null', [])
  return row!.n
}

export interface Tie {
  customerId: string
  tags: string[]
  words: string[]
  rhythm: number | null
}

/** Every standing tie, customer by customer, in batches: one pass, nothing of it kept. */
export async function* eachTie(sql: Sql): AsyncGenerator<Tie[]> {
  const text = `
    select f.customer_id as "customerId", f.tag_ids as tags, coalesce(b.words, '{}') as words, b.rhythm_days as rhythm
    from follows f join customers c on c.id = f.customer_id left join buyer_tastes b on b.buyer_id = c.buyer_id
    where f.ended_at is null order by f.customer_id`
  for await (const rows of sql.unsafe<Tie[]>(text).cursor(10_000)) yield rows
}

const INSERT_LINKS = `
  insert into tag_links (from_word, tag_id, together, one, other, people)
  select "from", "tagId", "both", one, other, people
  from json_to_recordset($1::text::json) as x("from" text, "tagId" text, "both" int, one int, other int, people int)`
const INSERT_TRIAL = `
  insert into tag_trials (id, customers, tags, orders, took_ms, at) values (true, $1::int, $2::text::jsonb, $3::text::jsonb, $4::int, $5::timestamptz)
  on conflict (id) do update set customers = excluded.customers, tags = excluded.tags, orders = excluded.orders, took_ms = excluded.took_ms, at = excluded.at`

export interface Trial {
  customers: number
  tags: TagTrial
  orders: TagTrial
  tookMs: number
}

export async function writeLinks(tx: Runner, links: Link[], trial: Trial, now: Date): Promise<void> {
  await run(tx, 'delete from tag_links', [])
  for (let at = 0; at < links.length; at += 1_000)
    await run(tx, INSERT_LINKS, [JSON.stringify(links.slice(at, at + 1_000))])
  const { customers, tags, orders, tookMs } = trial
  await run(tx, INSERT_TRIAL, [customers, JSON.stringify(tags), JSON.stringify(orders), tookMs, now])
}

/** Days for which a suggestion that was turned down, or a tag that was taken off by hand, stays quiet. */
const QUIET = `interval '30 days'`

/** All that is known for the member who asks, of a customer they follow; notes are their own. `$1` customer, `$2` member, `$3` now. */
const KNOWN = `
  select f.tag_ids as "tagIds",
    (select coalesce(json_agg(json_build_object('id', t.id, 'name', t.name, 'group', g.name, 'groupId', g.id, 'tone', g.tone, 'single', g.single_choice)
      order by g.position, g.id, t.position, t.id), '[]') from tags t join tag_groups g on g.id = t.group_id) as library,
    (select coalesce(array_agg(a.tag_id), '{}') from tag_hint_answers a
      where a.customer_id = $1 and a.answer = 'rejected' and a.at > $3::timestamptz - ${QUIET}) as rejected,
    (select coalesce(json_agg(e.detail -> 'removedIds'), '[]') from follow_events e
      where e.customer_id = $1 and e.user_id = $2 and e.kind = 'tags' and e.at > $3::timestamptz - ${QUIET} and e.detail ? 'removedIds') as removed,
    coalesce((select json_agg(json_build_object('id', n.id, 'at', n.created_at, 'body', n.body) order by n.created_at desc)
      from (select * from notes where customer_id = $1 and user_id = $2 and deleted_at is null order by created_at desc limit 50) n), '[]') as notes,
    array(select w from unnest(b.words) w where w not in (select word from taste_denials where customer_id = $1)) as words,
    b.rhythm_days as rhythm,
    (select json_build_object('tags', tags, 'orders', orders) from tag_trials) as trial
  from follows f join customers c on c.id = f.customer_id left join buyer_tastes b on b.buyer_id = c.buyer_id
  where f.customer_id = $1 and f.user_id = $2 and f.ended_at is null`

export interface LibraryTag {
  id: string
  name: string
  group: string
  groupId: string
  tone: TagTone
  single: boolean
}
export interface Known {
  tagIds: string[]
  library: LibraryTag[]
  rejected: string[]
  removed: (string[] | null)[]
  notes: SaidNote[]
  words: string[]
  rhythm: number | null
  trial: { tags: TagTrial; orders: TagTrial } | null
}

/** undefined: not followed. */
export async function selectKnown(sql: Runner, customerId: string, userId: string, now: Date) {
  const [row] = await run<Known>(sql, KNOWN, [customerId, userId, now])
  return row
}

export const selectLinks = (sql: Runner, from: string[]): Promise<Link[]> =>
  run(
    sql,
    `select from_word as "from", tag_id as "tagId", together as "both", one, other, people from tag_links where from_word = any($1::text[])`,
    [from],
  )

const FOLLOWED = 'select 1 from follows where customer_id = $1 and user_id = $2 and ended_at is null'
const ANSWER = `
  insert into tag_hint_answers (customer_id, tag_id, user_id, answer, at) values ($1, $3, $2, $4, $5::timestamptz)
  on conflict (customer_id, tag_id) do update set user_id = excluded.user_id, answer = excluded.answer, at = excluded.at`

/** false: not followed. null takes the answer back. */
export async function writeAnswer(
  tx: Runner,
  { customerId, userId, tag, answer }: { customerId: string; userId: string; tag: string; answer: string | null },
  now: Date,
): Promise<boolean> {
  if ((await run(tx, FOLLOWED, [customerId, userId])).length === 0) return false
  if (answer) await run(tx, ANSWER, [customerId, userId, tag, answer, now])
  else await run(tx, 'delete from tag_hint_answers where customer_id = $1 and tag_id = $2', [customerId, tag])
  return true
}

export async function selectTrial(sql: Runner, now: Date) {
  const text = `
    select ${instantText('t.at')} as at, coalesce(t.customers, 0) as customers, t.tags, t.orders,
      (select count(*)::int from tag_hint_answers where at > $1::timestamptz - interval '90 days' and answer = 'accepted') as accepted,
      (select count(*)::int from tag_hint_answers where at > $1::timestamptz - interval '90 days' and answer = 'rejected') as rejected
    from (select 1) one left join tag_trials t on true`
  const [row] = await run<{
    at: string | null
    customers: number
    tags: TagTrial | null
    orders: TagTrial | null
    accepted: number
    rejected: number
  }>(sql, text, [now])
  return row!
}
