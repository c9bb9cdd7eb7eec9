import type { BookFilters, BookRow } from '#shared/book.ts'
import type { ViewId } from '#shared/ids.ts'
import type { CustomerTag } from '#shared/tags.ts'
import type { Place } from '#server/db/cursor.ts'
import { instantText, run, type Runner } from '#server/db/json.ts'
import { stagesJson } from '../stages/service.ts'
import { corpTagsJson, followTagsJson } from '../tags/service.ts'

/** What a list is sorted by: SQL text of a moment that is never null, and which way. The order is that of the index `follows_of_member`. */
export const SORTS = {
  added: { key: 'f.added_at', way: 'desc nulls last', before: '<' },
  touched: { key: `coalesce(f.touched_at, 'epoch')`, way: 'asc', before: '>' },
  ordered: { key: `coalesce(s.last_ordered_at, 'epoch')`, way: 'desc', before: '<' },
} as const

export interface Wanted {
  userId: string
  filters: BookFilters
  now: Date
}

const OWN = 'f.user_id = $1 and f.ended_at is null'

/** A statement's conditions and their values: only what is asked for stands in it, so that Postgres plans for that and no more. */
export interface Cut {
  joins: string
  where: string
  values: (string | number | boolean | Date | null)[]
}

const STATS = `join customers c on c.id = f.customer_id left join buyer_stats s on s.buyer_id = c.buyer_id`

/** `scope`: SQL text of the ties in question, of the member `$1`. */
export function cutOf({ userId, filters, now }: Wanted, scope = OWN): Cut {
  const values: Cut['values'] = [userId]
  const put = (value: Cut['values'][number]): string => `$${values.push(value)}`
  const where = [scope]
  const { q, tag, stage, touched, ordered, source, untagged, sort, taste, segment, connection, cell } = filters
  const word = q?.trim().toLowerCase().replace(/\s+/g, ' ')
  if (word) where.push(found(put(word), /^\d{3,11}$/.test(word)))
  if (tag !== undefined) where.push(`f.tag_ids @> array[${put(tag)}]`)
  if (untagged !== undefined) where.push(`f.tag_ids = '{}'`)
  if (stage !== undefined) where.push(`coalesce(f.stage_id, '-') = ${put(stage)}`)
  if (touched === 'never') where.push('f.touched_at is null')
  else if (touched !== undefined)
    where.push(`coalesce(f.touched_at, 'epoch') < ${before(put(now), put(Number(touched)))}`)
  if (ordered === 'never') where.push('s.buyer_id is null')
  else if (ordered !== undefined) where.push(`s.last_ordered_at < ${before(put(now), put(Number(ordered)))}`)
  if (source !== undefined) where.push(`f.add_way = ${put(Number(source))}::int`)
  if (taste !== undefined)
    where.push(`exists (select 1 from customers tc join buyer_tastes bt on bt.buyer_id = tc.buyer_id where tc.id = f.customer_id
      and bt.words @> array[${put(taste)}]) and not exists (select 1 from taste_denials td where td.customer_id = f.customer_id and td.word = $${values.length})`)
  const standing: string[] = []
  if (segment !== undefined) standing.push(`k.segment = ${put(segment)}`)
  if (connection !== undefined) standing.push(`k.connection = ${put(connection)}`)
  if (cell !== undefined)
    standing.push(`k.value = ${put(Number(cell[0]))}::int and k.influence = ${put(Number(cell[1]))}::int`)
  if (standing.length > 0)
    where.push(`exists (select 1 from rfm k where k.customer_id = f.customer_id and ${standing.join(' and ')})`)
  const joins = ordered !== undefined || sort === 'ordered' ? STATS : ''
  return { joins, where: where.join(' and '), values }
}

const before = (now: string, days: string): string => `${now}::timestamptz - ${days}::int * interval '1 day'`

/** By words and how they sound, by a custom field, by the end of a phone. What has not been read yet is looked for as it is written. */
const found = (word: string, digits: boolean): string => `(strpos(coalesce(f.search, lower(f.remark)), ${word}) > 0
  or f.search is null and exists (select 1 from customers n where n.id = f.customer_id and strpos(lower(n.name), ${word}) > 0)
  or f.customer_id in (select v.customer_id from field_values v where strpos(lower(v.value::text), ${word}) > 0)
  ${digits ? `or exists (select 1 from unnest(f.phones) p where right(p, length(${word})) = ${word})` : ''})`

/** The page's ties first, then what is shown of them: fifty rows are put together, not a hundred thousand. */
export function selectBook(sql: Runner, wanted: Wanted, after: Place | null, limit: number) {
  const { joins, where, values } = cutOf(wanted)
  const { key, way, before: sign } = SORTS[wanted.filters.sort ?? 'added']
  const put = (value: Cut['values'][number]): string => `$${values.push(value)}`
  const then =
    after === null ? '' : `and (${key}, f.customer_id) ${sign} (${put(after.at)}::timestamptz, ${put(after.id)})`
  const text = `
    with page as materialized (
      select f.customer_id, ${key} as place from follows f ${joins}
      where ${where} ${then} order by ${key} ${way}, f.customer_id ${way} limit ${put(limit)}::int
    )
    select c.id as "customerId", c.name, c.avatar, f.remark, ${followTagsJson('f')} as tags,
      (select g.name from stages g where g.id = f.stage_id) as stage, ${instantText('f.added_at')} as "addedAt",
      ${instantText('f.touched_at')} as "touchedAt", ${instantText('s.last_ordered_at')} as "lastOrderedAt", ${instantText('p.place')} as place
    from page p join follows f on f.customer_id = p.customer_id and f.user_id = $1 ${STATS}
    order by p.place ${way}, p.customer_id ${way}`
  return run<BookRow & { place: string }>(sql, text, values)
}

export async function countBook(sql: Runner, wanted: Wanted): Promise<number> {
  const { joins, where, values } = cutOf(wanted)
  const [row] = await run<{ n: number }>(
    sql,
    `select count(*)::int as n from follows f ${joins} where ${where}`,
    values,
  )
  return row!.n
}

const KIT = `
  select
    (select coalesce(json_agg(json_build_object('name', g.name, 'single', g.single_choice, 'tags', ${corpTagsJson('t.group_id = g.id')}) order by g.position, g.id), '[]') from tag_groups g) as groups,
    ${stagesJson} as stages,
    (select coalesce(json_agg(word order by place, word), '[]') from (
      select word, row_number() over (partition by split_part(word, ':', 1) order by count(*) desc, word) as place
      from (select words from buyer_tastes limit 5000) t, unnest(t.words) word group by word) w
      where place <= 20 and word !~ '^(band|rhythm):') as tastes,
    (select coalesce(json_agg(json_build_object('id', v.id, 'name', v.name, 'filters', v.filters) order by v.saved_at, v.id), '[]')
      from saved_views v where v.user_id = $1) as views`

export interface Kit {
  groups: { name: string; single: boolean; tags: CustomerTag[] }[]
  stages: { id: string; name: string }[]
  tastes: string[]
  views: { id: ViewId; name: string; filters: BookFilters }[]
}

export async function selectKit(sql: Runner, userId: string): Promise<Kit> {
  const [row] = await run<Kit>(sql, KIT, [userId])
  return row!
}

/** How many views a member has beside this one. */
export async function countOtherViews(sql: Runner, userId: string, id: string): Promise<number> {
  const text = 'select count(*)::int as n from saved_views where user_id = $1 and id <> $2::uuid'
  const [row] = await run<{ n: number }>(sql, text, [userId, id])
  return row!.n
}

/** false: the id is another member's. */
export async function writeView(
  sql: Runner,
  view: { id: string; userId: string; name: string; filters: BookFilters },
  now: Date,
): Promise<boolean> {
  const text = `insert into saved_views as v (id, user_id, name, filters, saved_at) values ($1::uuid, $2, $3, $4::text::jsonb, $5::timestamptz)
    on conflict (id) do update set name = excluded.name, filters = excluded.filters where v.user_id = excluded.user_id returning id`
  const { id, userId, name, filters } = view
  return (await run(sql, text, [id, userId, name, JSON.stringify(filters), now])).length === 1
}

export async function deleteViewRow(sql: Runner, userId: string, id: string): Promise<boolean> {
  const text = 'delete from saved_views where id = $2::uuid and user_id = $1 returning id'
  return (await run(sql, text, [userId, id])).length === 1
}

/** Ties whose words have not been read yet. */
export async function selectUnread(sql: Runner, limit: number) {
  const text = `select f.customer_id as "customerId", f.user_id as "userId", c.name, f.remark, f.salutation
    from follows f join customers c on c.id = f.customer_id where f.search is null and f.ended_at is null limit $1`
  return await run<{ customerId: string; userId: string; name: string; remark: string; salutation: string }>(
    sql,
    text,
    [limit],
  )
}

/** Written only where the words are still those that were read. */
const READ = `
  update follows f set search = r.search
  from jsonb_to_recordset($1::text::jsonb) as r("customerId" text, "userId" text, name text, remark text, salutation text, search text), customers c
  where f.customer_id = r."customerId" and f.user_id = r."userId" and c.id = f.customer_id
    and c.name = r.name and f.remark = r.remark and f.salutation = r.salutation`

export async function writeSearch(sql: Runner, rows: object[]): Promise<void> {
  await run(sql, READ, [JSON.stringify(rows)])
}
