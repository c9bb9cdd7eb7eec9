import type { TagGroup, TagTone } from '#shared/tags.ts'
import { instantText, run, type Runner } from '#server/db/json.ts'

export interface LibraryGroup {
  id: string
  name: string
  position: number
  tone: TagTone
  singleChoice: boolean
  tags: { id: string; name: string; position: number; pinyin: string; initials: string }[]
}

/** `singleChoice` is ours: given once when the group is new, kept afterwards. Two syncs at once take turns. */
const REPLACE = `
  with turn as materialized (select pg_advisory_xact_lock(hashtext('tag library'))),
  incoming_groups as materialized (
    select g.* from turn, jsonb_to_recordset($1::text::jsonb)
      as g(id text, name text, position int, tone text, "singleChoice" boolean, tags jsonb)
  ), incoming_tags as materialized (
    select g.id as group_id, t.* from incoming_groups g,
      jsonb_to_recordset(g.tags) as t(id text, name text, position int, pinyin text, initials text)
  ), kept_groups as (
    insert into tag_groups as old (id, name, position, tone, single_choice, synced_at)
    select id, name, position, tone, "singleChoice", $2::timestamptz from incoming_groups
    on conflict (id) do update
      set name = excluded.name, position = excluded.position, tone = excluded.tone, synced_at = excluded.synced_at
  ), kept_tags as (
    insert into tags as old (id, group_id, name, position, pinyin, initials)
    select id, group_id, name, position, pinyin, initials from incoming_tags
    on conflict (id) do update set group_id = excluded.group_id, name = excluded.name, position = excluded.position,
      pinyin = excluded.pinyin, initials = excluded.initials
    where (old.group_id, old.name, old.position, old.pinyin, old.initials)
      is distinct from (excluded.group_id, excluded.name, excluded.position, excluded.pinyin, excluded.initials)
  ), gone_tags as (
    delete from tags where id not in (select id from incoming_tags)
  )
  delete from tag_groups where id not in (select id from incoming_groups)`

export async function replaceLibrary(sql: Runner, groups: LibraryGroup[], now: Date): Promise<void> {
  await run(sql, REPLACE, [JSON.stringify(groups), now])
}

const INSERT_TAG = `
  insert into tags (id, group_id, name, position, pinyin, initials)
  select $1, g.id, $3, coalesce((select max(position) + 1 from tags where group_id = g.id), 0), $4, $5
  from tag_groups g where g.id = $2
  on conflict (id) do nothing`

export async function insertTag(
  sql: Runner,
  tag: { id: string; groupId: string; name: string; pinyin: string; initials: string },
): Promise<void> {
  await run(sql, INSERT_TAG, [tag.id, tag.groupId, tag.name, tag.pinyin, tag.initials])
}

/** SQL text of a json array: every group with its tags, in the library's order. */
const groupsJson = `(select coalesce(json_agg(json_build_object('id', g.id, 'name', g.name, 'tone', g.tone, 'singleChoice', g.single_choice,
        'open', true, 'tags', (select coalesce(json_agg(json_build_object('id', t.id, 'name', t.name, 'pinyin', t.pinyin,
          'initials', t.initials) order by t.position, t.id), '[]') from tags t where t.group_id = g.id))
      order by g.position, g.id), '[]') from tag_groups g)`

const LIBRARY_FOR = `
  select
    ${groupsJson} as groups,
    (select coalesce(json_agg(json_build_object('id', r.tag_id, 'why', 'recent') order by r.at desc), '[]') from (
      select m.tag_id, max(m.marked_at) as at from (
        select tag_id, marked_at from tag_marks
        where user_id = f.user_id and action = 'add' order by marked_at desc nulls last limit 60
      ) m join tags t on t.id = m.tag_id
      where m.tag_id <> all(f.tag_ids) group by m.tag_id order by at desc limit 6
    ) r) as suggested,
    (select ${instantText('max(synced_at)')} from tag_groups) as "asOf"
  from follows f
  where f.customer_id = $1 and f.user_id = $2 and f.ended_at is null`

export interface LibraryFor {
  groups: TagGroup[]
  suggested: { id: TagGroup['tags'][number]['id']; why: 'recent' }[]
  asOf: string | null
}

/** The library, and the tags this member used lately that the customer does not have. undefined: not their customer. */
export async function selectLibraryFor(
  sql: Runner,
  customerId: string,
  userId: string,
): Promise<LibraryFor | undefined> {
  const [row] = await run<LibraryFor>(sql, LIBRARY_FOR, [customerId, userId])
  return row
}

export async function selectGroups(sql: Runner): Promise<TagGroup[]> {
  const [row] = await run<{ groups: TagGroup[] }>(sql, `select ${groupsJson} as groups`, [])
  return row!.groups
}
