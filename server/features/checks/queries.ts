import type { Flag, ReviewRule } from '#shared/flags.ts'
import { run, type Runner } from '#server/db/json.ts'

/** SQL text: the newest note of a row `f` of follows that its leader returned and that reads as it did then, or null. */
export const returnedNoteJson = `(
  select k.note_id from note_checks k join notes n on n.id = k.note_id and n.deleted_at is null
  where k.customer_id = f.customer_id and k.user_id = f.user_id and k.state = 'returned' order by k.created_at desc limit 1)`

const RULES = `
  select coalesce(json_agg(json_build_object('id', r.id, 'kind', r.kind, 'name', r.name, 'tone', r.tone, 'words', r.words,
    'limit', r."limit", 'enabled', r.enabled) order by r.position, r.id), '[]') as rules from review_rules r`

export async function selectRules(sql: Runner): Promise<ReviewRule[]> {
  const [row] = await run<{ rules: ReviewRule[] }>(sql, RULES, [])
  return row!.rules
}

const SAVE = `
  with given as (
    select g.*, at from jsonb_array_elements($1::text::jsonb) with ordinality as e(rule, at),
      jsonb_to_record(e.rule) as g(id text, kind text, name text, tone text, words text[], "limit" int, enabled boolean)
  ), gone as (
    delete from review_rules where id not in (select id from given)
  )
  insert into review_rules (id, kind, name, tone, words, "limit", enabled, position)
  select id, kind, name, tone, words, "limit", enabled, at from given
  on conflict (id) do update set kind = excluded.kind, name = excluded.name, tone = excluded.tone, words = excluded.words,
    "limit" = excluded."limit", enabled = excluded.enabled, position = excluded.position`

export async function writeRules(sql: Runner, rules: ReviewRule[]): Promise<void> {
  await run(sql, SAVE, [JSON.stringify(rules)])
}

/** SQL text: `day` (a date in China) is one on which the author of a row `n` of notes sent its customer something, or noted a contact. */
export const contactOn = (day: string): string => `(
  exists (select 1 from sends x where x.customer_id = n.customer_id and x.user_id = n.user_id and x.outcome = 'ok'
    and x.sent_at >= ${day}::timestamp at time zone 'Asia/Shanghai' and x.sent_at < (${day} + 1)::timestamp at time zone 'Asia/Shanghai')
  or exists (select 1 from notes x where x.customer_id = n.customer_id and x.user_id = n.user_id and x.deleted_at is null
    and x.created_at >= ${day}::timestamp at time zone 'Asia/Shanghai' and x.created_at < (${day} + 1)::timestamp at time zone 'Asia/Shanghai'))`

const ON = `(n.created_at at time zone 'Asia/Shanghai')::date`
/** SQL text: the Monday of the week of a row `n` of notes, as a date in China. */
export const MONDAY = `date_trunc('week', n.created_at at time zone 'Asia/Shanghai')::date`

export interface Checked {
  noteId: string
  version: number
  body: string
  contactDays: number
  hasNext: boolean
  editedAfterReview: boolean
}

const FACTS = `
  select n.id as "noteId", n.version, n.body,
    (select count(*)::int from generate_series(0, 6) g(i) where ${MONDAY} + g.i <= ${ON} and ${contactOn(`(${MONDAY} + g.i)`)}) as "contactDays",
    exists (select 1 from tasks t where t.customer_id = n.customer_id and t.user_id = n.user_id
      and (t.note_id = n.id and t.state <> 'dropped' or t.state = 'open')) as "hasNext",
    coalesce((select r.version < n.version from note_reviews r where r.note_id = n.id and r.undone_at is null order by r.at desc limit 1), false) as "editedAfterReview"
  from notes n`

export const selectFacts = (sql: Runner, noteId: string): Promise<Checked[]> =>
  run<Checked>(sql, `${FACTS} where n.id = $1::uuid`, [noteId])

/** Notes since a moment, of which nobody judged the present text, after an id: for a look again at all of them. */
export const selectOpenFacts = (sql: Runner, since: Date, after: string, limit: number): Promise<Checked[]> =>
  run<Checked>(
    sql,
    `${FACTS} left join note_checks k on k.note_id = n.id where n.created_at >= $1::timestamptz and n.id > $2::uuid and n.deleted_at is null
      and (k.note_id is null or k.state = 'open') order by n.id limit $3::int`,
    [since, after, limit],
  )

/** Facts of all notes since a moment, newest first, with whose they are: what a rule would say of them. */
export const selectRecentFacts = (sql: Runner, since: Date, limit: number): Promise<(Checked & { author: string })[]> =>
  run<Checked & { author: string }>(
    sql,
    `select f.*, coalesce((select name from members where user_id = w.user_id), w.user_id) as author
      from (${FACTS} where n.created_at >= $1::timestamptz and n.deleted_at is null and n.visibility <> 'private'
        order by n.created_at desc limit $2::int) f join notes w on w.id = f."noteId"`,
    [since, limit],
  )

/** A text that changed has no verdict; the same text keeps its. */
const WRITE = `
  insert into note_checks as k (note_id, user_id, customer_id, created_at, version, flags, flagged)
  select n.id, n.user_id, n.customer_id, n.created_at, g.version, g.flags, jsonb_array_length(g.flags) > 0
  from jsonb_to_recordset($1::text::jsonb) as g("noteId" uuid, version int, flags jsonb) join notes n on n.id = g."noteId" and n.version = g.version
  on conflict (note_id) do update set version = excluded.version, flags = excluded.flags, flagged = excluded.flagged,
    state = case when k.version = excluded.version then k.state else 'open' end,
    sampled = k.sampled and k.version = excluded.version`

export async function writeChecks(
  sql: Runner,
  rows: { noteId: string; version: number; flags: Flag[] }[],
): Promise<void> {
  if (rows.length > 0) await run(sql, WRITE, [JSON.stringify(rows)])
}
