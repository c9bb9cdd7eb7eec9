import type { Note, NoteFile, NoteResult, Visibility } from '#shared/notes.ts'
import { run, type Runner } from '#server/db/json.ts'

/** Condition on a row `n` of notes for a member (SQL text) who follows its customer: their own, and colleagues' for the team. */
export const readableNote = (me: string): string =>
  `n.deleted_at is null and (n.user_id = ${me} or n.visibility = 'team')`

/** SQL text of a json array: the members whose userids the SQL text of an array names, in its order. */
export const peopleJson = (ids: string): string => `(
  select coalesce(json_agg(json_build_object('userId', p.id, 'name', coalesce(m.name, p.id)) order by p.at), '[]')
  from unnest(${ids}) with ordinality as p(id, at) left join members m on m.user_id = p.id)`

/** A row `n` of notes as the contract's Note, for the member whose userid the SQL text gives. */
export const noteJson = (me: string): string => `json_build_object('id', n.id,
  'author', json_build_object('userId', n.user_id, 'name', coalesce((select name from members where user_id = n.user_id), n.user_id)),
  'mine', n.user_id = ${me}, 'body', n.body, 'result', n.result, 'visibility', n.visibility, 'mentions', ${peopleJson('n.mentions')},
  'files', (select coalesce(json_agg(json_build_object('id', a.id, 'name', a.name, 'mime', a.mime, 'size', a.size) order by a.uploaded_at, a.id), '[]')
    from note_files a where a.note_id = n.id),
  'version', n.version, 'createdAt', n.created_at, 'updatedAt', n.updated_at)`

/** SQL text: the newest note that the member of a row `f` of follows may read, as the contract's CardNote, or null. */
export const newestNoteJson = `(
  select json_build_object('id', n.id, 'author', coalesce((select name from members where user_id = n.user_id), n.user_id),
    'mine', n.user_id = f.user_id, 'body', n.body, 'createdAt', n.created_at)
  from notes n where n.customer_id = f.customer_id and ${readableNote('f.user_id')}
  order by n.created_at desc nulls last, n.id desc nulls last limit 1)`

export interface NoteKey {
  customerId: string
  userId: string
  noteId: string
}

export interface NoteWords {
  body: string
  result: NoteResult | null
  visibility: Visibility
  mentions: string[]
  files: string[]
}

const TIE = `f.customer_id = $1 and f.user_id = $2 and f.ended_at is null`

/** Takes the caller's own uploads for this customer; those that the note no longer names are let go. */
const FILES = `
  update note_files a set note_id = case when a.id = any($4::uuid[]) then $3::uuid end
  where a.customer_id = $1 and a.user_id = $2 and (a.note_id = $3::uuid or (a.note_id is null and a.id = any($4::uuid[])))`

const INSERT = `
  with made as (
    insert into notes (id, customer_id, user_id, body, result, visibility, mentions, created_at, updated_at)
    select $3::uuid, f.customer_id, f.user_id, $4, $5, $6, $7::text[], $8::timestamptz, $8::timestamptz from follows f where ${TIE}
    on conflict (id) do nothing returning *
  ), touched as (
    update follows f set touched_at = greatest(f.touched_at, $8::timestamptz) from made m
    where f.customer_id = m.customer_id and f.user_id = m.user_id
  )
  select count(*)::int as n from made`

/** Once for an id; false: nothing was made. */
export async function insertNote(sql: Runner, key: NoteKey, words: NoteWords, now: Date): Promise<boolean> {
  const { body, result, visibility, mentions, files } = words
  const values = [key.customerId, key.userId, key.noteId, body, result, visibility, mentions, now]
  const [row] = await run<{ n: number }>(sql, INSERT, values)
  if (row?.n !== 1) return false
  await run(sql, FILES, [key.customerId, key.userId, key.noteId, files])
  return true
}

const UPDATE = `
  with old as (
    select n.* from notes n join follows f on f.customer_id = n.customer_id and f.user_id = n.user_id
    where ${TIE} and n.id = $3::uuid and n.version = $4::int and n.deleted_at is null for update of n
  ), kept as (
    insert into note_versions (note_id, version, said, saved_at)
    select id, version, jsonb_build_object('body', body, 'result', result, 'visibility', visibility), updated_at from old
    on conflict do nothing
  ), changed as (
    update notes n set body = $5, result = $6, visibility = $7, mentions = $8::text[], version = n.version + 1, updated_at = $9::timestamptz
    from old where n.id = old.id returning n.id
  )
  select count(*)::int as n from changed`

/** false: not the caller's, put away, or of another version by now. */
export async function updateNoteRow(
  sql: Runner,
  key: NoteKey,
  version: number,
  words: NoteWords,
  now: Date,
): Promise<boolean> {
  const { body, result, visibility, mentions, files } = words
  const values = [key.customerId, key.userId, key.noteId, version, body, result, visibility, mentions, now]
  const [row] = await run<{ n: number }>(sql, UPDATE, values)
  if (row?.n !== 1) return false
  await run(sql, FILES, [key.customerId, key.userId, key.noteId, files])
  return true
}

const ONE = `
  select ${noteJson('$2')} as note from notes n join follows f on f.customer_id = n.customer_id
  where ${TIE} and n.id = $3::uuid and ${readableNote('$2')}`

/** A note the caller may read, of a customer they follow. */
export async function selectNote(sql: Runner, key: NoteKey): Promise<Note | undefined> {
  const [row] = await run<{ note: Note }>(sql, ONE, [key.customerId, key.userId, key.noteId])
  return row?.note
}

export interface OldVersion {
  version: number
  body: string
  result: NoteResult | null
  visibility: Visibility
  savedAt: string
}

export async function selectVersions(sql: Runner, noteId: string): Promise<OldVersion[]> {
  const text = `select coalesce(json_agg(v.said || jsonb_build_object('version', v.version, 'savedAt', v.saved_at) order by v.version), '[]') as versions
    from note_versions v where v.note_id = $1::uuid`
  const [row] = await run<{ versions: OldVersion[] }>(sql, text, [noteId])
  return row!.versions
}

export async function setDeleted(sql: Runner, key: NoteKey, deleted: boolean, now: Date): Promise<boolean> {
  const text = `update notes n set deleted_at = case when $4 then $5::timestamptz end from follows f
    where ${TIE} and n.customer_id = f.customer_id and n.user_id = f.user_id and n.id = $3::uuid returning n.id`
  return (await run(sql, text, [key.customerId, key.userId, key.noteId, deleted, now])).length === 1
}

/** Whoever else follows this customer, and who leads the caller's departments. undefined: not followed. */
const COLLEAGUES = `
  select (
    select coalesce(json_agg(json_build_object('userId', m.user_id, 'name', m.name, 'follows', m.follows, 'leads', m.leads) order by m.name), '[]') from (
      select m.user_id, m.name, m.user_id in (select o.user_id from follows o where o.customer_id = $1 and o.ended_at is null) as follows,
        m.user_id in (select unnest(d.leader_user_ids) from departments d join department_tree t on t.ancestor_id = d.id
          join members me on t.descendant_id = any(me.department_ids) where me.user_id = $2) as leads
      from members m where m.status = 1 and m.user_id <> $2
    ) m where m.follows or m.leads) as colleagues,
    (select coalesce(json_agg(json_build_object('title', n.title, 'body', n.body, 'forStage', n.stage_id is not null)
      order by n.stage_id is null, n.position, n.id), '[]')
      from note_templates n where n.stage_id is null or n.stage_id = coalesce(f.stage_id, 'new')) as templates,
    coalesce(nullif(f.remark, ''), (select name from customers where id = f.customer_id)) as "customerName",
    coalesce((select name from members where user_id = $2), $2) as "myName"
  from follows f where ${TIE}`

export interface Kit {
  /** `leads`: a department that the caller belongs to. */
  colleagues: { userId: string; name: string; follows: boolean; leads: boolean }[]
  templates: { title: string; body: string; forStage: boolean }[]
  customerName: string
  myName: string
}

export async function selectKit(sql: Runner, customerId: string, userId: string): Promise<Kit | undefined> {
  const [row] = await run<Kit>(sql, COLLEAGUES, [customerId, userId])
  return row
}

const INSERT_FILE = `
  with made as (
    insert into note_files (id, customer_id, user_id, name, mime, size, content, uploaded_at)
    select $3::uuid, f.customer_id, f.user_id, $4, $5, $6::int, decode($7, 'base64'), $8::timestamptz from follows f where ${TIE}
    on conflict (id) do nothing returning id
  )
  select count(*)::int as n from made`

export interface NewFile {
  id: string
  name: string
  mime: string
  size: number
  base64: string
}

export async function insertFile(sql: Runner, tie: Omit<NoteKey, 'noteId'>, file: NewFile, now: Date): Promise<void> {
  const values = [tie.customerId, tie.userId, file.id, file.name, file.mime, file.size, file.base64, now]
  await run(sql, INSERT_FILE, values)
}

/** The caller's own upload. */
export async function selectOwnFile(
  sql: Runner,
  tie: Omit<NoteKey, 'noteId'>,
  id: string,
): Promise<NoteFile | undefined> {
  const text = `select a.id, a.name, a.mime, a.size from note_files a where a.id = $3::uuid and a.customer_id = $1 and a.user_id = $2`
  const [row] = await run<NoteFile>(sql, text, [tie.customerId, tie.userId, id])
  return row
}

/** A file of a note the caller may read, or their own upload that no note has yet. */
const CONTENT = `
  select a.name, a.mime, a.content from note_files a join follows f on f.customer_id = a.customer_id left join notes n on n.id = a.note_id
  where ${TIE} and a.id = $3::uuid and case when n.id is null then a.user_id = $2 else ${readableNote('$2')} end`

export async function selectContent(sql: Runner, tie: Omit<NoteKey, 'noteId'>, id: string) {
  const [row] = await run<{ name: string; mime: string; content: Buffer }>(sql, CONTENT, [
    tie.customerId,
    tie.userId,
    id,
  ])
  return row
}

/** Uploads that no note took within a day. */
export async function deleteLoose(sql: Runner, now: Date): Promise<void> {
  await run(sql, `delete from note_files where note_id is null and uploaded_at < $1::timestamptz - interval '1 day'`, [
    now,
  ])
}
