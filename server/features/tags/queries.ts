import type { CustomerTag, LibraryTag } from '#shared/tags.ts'
import { run, type Runner } from '#server/db/json.ts'
import type { PlacedTag } from './rules.ts'

/** SQL text of a json array: the corp tags `t` for which the SQL text holds, as the contract's CustomerTag, in the library's order. */
export const corpTagsJson = (where: string): string => `(
  select coalesce(json_agg(json_build_object('id', t.id, 'name', t.name, 'group', g.name, 'tone', g.tone)
    order by g.position, g.id, t.position, t.id), '[]')
  from tags t join tag_groups g on g.id = t.group_id where ${where})`

/** SQL text of a json array: the tags on a row of follows, in the library's order, personal ones last. A deleted tag is not shown. */
export const followTagsJson = (f: string): string => `(
  select coalesce(json_agg(x.tag order by x.g, x.t), '[]') from (
    select json_build_object('id', t.id, 'name', t.name, 'group', g.name, 'tone', g.tone) as tag, g.position as g, t.position as t
    from tags t join tag_groups g on g.id = t.group_id where t.id = any(${f}.tag_ids)
    union all
    select json_build_object('id', null, 'name', p.tag ->> 'name', 'group', p.tag ->> 'group', 'tone', 'g'), 2147483647, p.at
    from jsonb_array_elements(${f}.personal_tags) with ordinality as p(tag, at)
  ) x)`

const FOR_MARKING = `
  select f.tag_ids as "tagIds", ${followTagsJson('f')} as tags,
    (select coalesce(json_agg(json_build_object('id', t.id, 'groupId', t.group_id, 'single', g.single_choice)), '[]')
      from tags t join tag_groups g on g.id = t.group_id
      where t.id = any($3) or (g.single_choice and g.id in (select group_id from tags where id = any($3)))) as library
  from follows f
  where f.customer_id = $1 and f.user_id = $2 and f.ended_at is null`

export interface Markable {
  tagIds: string[]
  tags: CustomerTag[]
  library: PlacedTag[]
}

/** What marking needs to know, of the caller's own follow. undefined: not their customer. */
export async function selectMarkable(sql: Runner, customerId: string, userId: string, add: string[]) {
  const [row] = await run<Markable>(sql, FOR_MARKING, [customerId, userId, add])
  return row
}

/** Tags change by difference inside the row, so that two edits at once both survive; the marks stand in the same statement. */
const MARK = `
  with f as (
    update follows f
    set tag_ids = array(select t from unnest(f.tag_ids) t where t <> all($4)) || array(select t from unnest($3::text[]) t where t <> all(f.tag_ids)),
      edited_at = $6::timestamptz
    where f.customer_id = $1 and f.user_id = $2 and f.ended_at is null
    returning f.*
  ), marks as (
    insert into tag_marks (customer_id, user_id, tag_id, action, marked_at)
    select f.customer_id, f.user_id, m."tagId", m.action, $6::timestamptz
    from f, jsonb_to_recordset($5::text::jsonb) as m("tagId" text, action text)
  )
  select ${followTagsJson('f')} as tags from f`

export interface Mark {
  tagId: string
  action: 'add' | 'remove'
}

/** undefined: the follow has ended. `marks` are the changes to remember; adding what was there already is not one. */
export async function markFollow(
  sql: Runner,
  key: { customerId: string; userId: string },
  change: { add: string[]; remove: string[]; marks: Mark[] },
  now: Date,
): Promise<CustomerTag[] | undefined> {
  const values = [key.customerId, key.userId, change.add, change.remove, JSON.stringify(change.marks), now]
  const [row] = await run<{ tags: CustomerTag[] }>(sql, MARK, values)
  return row?.tags
}

const IN_GROUP = `
  select g.id is not null as "groupExists",
    (select json_build_object('id', t.id, 'name', t.name, 'pinyin', t.pinyin, 'initials', t.initials)
      from tags t where t.group_id = g.id and t.name = $4 order by t.position limit 1) as tag
  from follows f left join tag_groups g on g.id = $3
  where f.customer_id = $1 and f.user_id = $2 and f.ended_at is null`

/** Looks a name up in a group, for a member who follows the customer. undefined: not their customer. */
export async function selectTagByName(
  sql: Runner,
  scope: { customerId: string; userId: string; groupId: string; name: string },
) {
  const values = [scope.customerId, scope.userId, scope.groupId, scope.name]
  const [row] = await run<{ groupExists: boolean; tag: LibraryTag | null }>(sql, IN_GROUP, values)
  return row
}
