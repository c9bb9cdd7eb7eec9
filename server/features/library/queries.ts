import type { Library } from '#shared/library.ts'
import type { ReplyPart } from '#shared/replies.ts'
import { instantText, run, type Runner } from '#server/db/json.ts'

const LIBRARY = `
  select
    (select coalesce(json_agg(json_build_object('id', f.id, 'name', f.name) order by f.position, f.id), '[]') from reply_folders f) as folders,
    (select coalesce(json_agg(json_build_object('id', d.id, 'name', d.name) order by d.id), '[]') from departments d) as departments,
    (select coalesce(json_agg(json_build_object('id', r.id, 'folderId', r.folder_id, 'title', r.title, 'parts', r.parts,
        'departments', coalesce(r.visible_to, '{}'), 'validFrom', r.valid_from, 'validUntil', r.valid_until,
        'uses', coalesce(u.uses, 0), 'users', coalesce(u.users, 0), 'lastUsedAt', u.last, 'updatedAt', r.updated_at) order by r.position, r.id), '[]')
      from replies r left join (select reply_id, sum(uses)::int as uses, count(*)::int as users, max(last_used_at) as last from reply_uses group by 1) u
        on u.reply_id = r.id
      where r.owner_user_id is null) as replies`

export async function selectLibrary(sql: Runner): Promise<Library> {
  const [row] = await run<Library>(sql, LIBRARY, [])
  return row!
}

const USERS = `
  select u.user_id as "userId", coalesce(m.name, u.user_id) as name, u.uses, ${instantText('u.last_used_at')} as "lastUsedAt"
  from reply_uses u join replies r on r.id = u.reply_id and r.owner_user_id is null left join members m on m.user_id = u.user_id
  where u.reply_id = $1::uuid order by u.uses desc, m.name, u.user_id`

export const selectUsers = (sql: Runner, replyId: string) =>
  run<{ userId: string; name: string; uses: number; lastUsedAt: string }>(sql, USERS, [replyId])

export interface LibraryWords {
  id: string
  folder: string | null
  title: string
  parts: ReplyPart[]
  departments: number[]
  validFrom: string | null
  validUntil: string | null
  pinyin: string
  initials: string
}

/** false: the id is a member's own reply. */
export async function writeReply(sql: Runner, words: LibraryWords, now: Date): Promise<boolean> {
  const text = `
    insert into replies as r (id, owner_user_id, folder_id, position, visible_to, valid_from, valid_until, title, parts, pinyin, initials, updated_at)
    values ($1::uuid, null, $2, coalesce((select max(position) + 1 from replies where owner_user_id is null), 0),
      nullif(array(select jsonb_array_elements_text($3::text::jsonb)::int), '{}'), $4::timestamptz, $5::timestamptz, $6, $7::text::jsonb, $8, $9, $10::timestamptz)
    on conflict (id) do update set folder_id = excluded.folder_id, visible_to = excluded.visible_to, valid_from = excluded.valid_from,
      valid_until = excluded.valid_until, title = excluded.title, parts = excluded.parts, pinyin = excluded.pinyin, initials = excluded.initials,
      updated_at = excluded.updated_at where r.owner_user_id is null returning 1`
  const { id, folder, departments, validFrom, validUntil, title, parts, pinyin, initials } = words
  const values = [
    id,
    folder,
    JSON.stringify(departments),
    validFrom,
    validUntil,
    title,
    JSON.stringify(parts),
    pinyin,
    initials,
    now,
  ]
  return (await run(sql, text, values)).length === 1
}

export async function folderExists(sql: Runner, id: string): Promise<boolean> {
  return (await run(sql, 'select 1 from reply_folders where id = $1', [id])).length === 1
}

const FOLDERS = `
  with given as (
    select g.id, g.name, at from jsonb_array_elements($1::text::jsonb) with ordinality as e(folder, at), jsonb_to_record(e.folder) as g(id text, name text)
  ), kept as (
    insert into reply_folders as f (id, name, position) select id, name, at from given
    on conflict (id) do update set name = excluded.name, position = excluded.position returning id
  ), loose as (
    update replies set folder_id = null where folder_id is not null and folder_id not in (select id from given)
  )
  select count(*)::int as n from kept`

export async function writeFolders(sql: Runner, folders: object[]): Promise<void> {
  const given = JSON.stringify(folders)
  await run(sql, FOLDERS, [given])
  // A statement of its own: the replies must have let go of the folder first.
  await run(
    sql,
    `delete from reply_folders where id not in (select f ->> 'id' from jsonb_array_elements($1::text::jsonb) f)`,
    [given],
  )
}

const ORDER = `
  with placed as (
    select r.id, row_number() over (order by g.at nulls last, r.position, r.id) - 1 as at
    from replies r left join unnest($1::uuid[]) with ordinality as g(id, at) on g.id = r.id where r.owner_user_id is null
  )
  update replies r set position = p.at from placed p where r.id = p.id and r.position <> p.at`

export async function writeOrder(sql: Runner, ids: string[]): Promise<void> {
  await run(sql, ORDER, [ids])
}

const CHANGES = {
  move: 'update replies set folder_id = $2, updated_at = $3::timestamptz',
  until: 'update replies set valid_until = $2::timestamptz, updated_at = $3::timestamptz',
} as const

/** How many company replies it touched. */
export async function changeMany(
  sql: Runner,
  ids: string[],
  kind: 'move' | 'until' | 'delete',
  value: string | null,
  now: Date,
): Promise<number> {
  const where = 'where id = any($1::uuid[]) and owner_user_id is null returning 1'
  if (kind === 'delete') return (await run(sql, `delete from replies ${where}`, [ids])).length
  return (await run(sql, `${CHANGES[kind]} ${where}`, [ids, value, now])).length
}
