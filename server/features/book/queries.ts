import type { BookFilters, BookRow } from '#shared/book.ts'
import type { ViewId } from '#shared/ids.ts'
import type { CustomerTag } from '#shared/tags.ts'
import type { Place } from '#server/db/cursor.ts'
import { instantText, run, type Runner } from '#server/db/json.ts'
import { followTagsJson } from '../tags/service.ts'

/** What a list is sorted by: SQL text of a moment that is never null, and which way. */
const SORTS = {
  added: { key: 'f.added_at', way: 'desc', before: '<' },
  touched: { key: `coalesce(f.touched_at, 'epoch')`, way: 'asc', before: '>' },
  ordered: { key: `coalesce(s.last_ordered_at, 'epoch')`, way: 'desc', before: '<' },
} as const
export type Sort = keyof typeof SORTS

/** Member, word, its digits, tag, stage (`-` none), days since contact, days since order, source, untagged, now. -1 days: never. */
const WHERE = `
  f.user_id = $1 and f.ended_at is null
  and ($2::text is null or strpos(coalesce(f.search, lower(c.name || ' ' || f.remark)), $2) > 0
    or exists (select 1 from field_values v where v.customer_id = f.customer_id and strpos(lower(v.value::text), $2) > 0)
    or ($3::text is not null and exists (select 1 from unnest(f.phones) p where right(p, length($3)) = $3)))
  and ($4::text is null or f.tag_ids @> array[$4])
  and ($5::text is null or coalesce(f.stage_id, '-') = $5)
  and ($6::int is null or case when $6 = -1 then f.touched_at is null
    else coalesce(f.touched_at, 'epoch') < $10::timestamptz - $6 * interval '1 day' end)
  and ($7::int is null or case when $7 = -1 then s.buyer_id is null
    else s.last_ordered_at < $10::timestamptz - $7 * interval '1 day' end)
  and ($8::int is null or f.add_way = $8::int)
  and (not $9 or f.tag_ids = '{}')`

const FROM = `follows f join customers c on c.id = f.customer_id left join buyer_stats s on s.buyer_id = c.buyer_id`

const page = ({ key, way, before }: (typeof SORTS)[Sort]): string => `
  select c.id as "customerId", c.name, c.avatar, f.remark, ${followTagsJson('f')} as tags,
    (select g.name from stages g where g.id = f.stage_id) as stage, ${instantText('f.added_at')} as "addedAt",
    ${instantText('f.touched_at')} as "touchedAt", ${instantText('s.last_ordered_at')} as "lastOrderedAt", ${instantText(key)} as place
  from ${FROM}
  where ${WHERE} and ($11::timestamptz is null or (${key}, f.customer_id) ${before} ($11::timestamptz, $12))
  order by ${key} ${way}, f.customer_id ${way} limit $13`

const PAGES: Record<Sort, string> = {
  added: page(SORTS.added),
  touched: page(SORTS.touched),
  ordered: page(SORTS.ordered),
}
const COUNT = `select count(*)::int as n from ${FROM} where ${WHERE}`

export interface Wanted {
  userId: string
  filters: BookFilters
  now: Date
}

const daysOf = (ago: BookFilters['touched']): number | null =>
  ago === undefined ? null : ago === 'never' ? -1 : Number(ago)

function valuesOf({ userId, filters, now }: Wanted) {
  const word = filters.q?.trim().toLowerCase() || null
  const digits = word !== null && /^\d{3,11}$/.test(word) ? word : null
  const { tag = null, stage = null, source, touched, ordered, untagged } = filters
  const folded = word?.replace(/\s+/g, ' ') ?? null
  const filled = [
    folded,
    digits,
    tag,
    stage,
    daysOf(touched),
    daysOf(ordered),
    source === undefined ? null : Number(source),
  ]
  return [userId, ...filled, untagged !== undefined, now]
}

export function selectBook(sql: Runner, wanted: Wanted, after: Place | null, limit: number) {
  const values = [...valuesOf(wanted), after?.at ?? null, after?.id ?? null, limit]
  return run<BookRow & { place: string }>(sql, PAGES[wanted.filters.sort ?? 'added'], values)
}

export async function countBook(sql: Runner, wanted: Wanted): Promise<number> {
  const [row] = await run<{ n: number }>(sql, COUNT, valuesOf(wanted))
  return row!.n
}

const KIT = `
  select
    (select coalesce(json_agg(json_build_object('name', g.name, 'single', g.single_choice, 'tags', (
        select coalesce(json_agg(json_build_object('id', t.id, 'name', t.name, 'group', g.name, 'tone', g.tone) order by t.position, t.id), '[]')
        from tags t where t.group_id = g.id)) order by g.position, g.id), '[]') from tag_groups g) as groups,
    (select coalesce(json_agg(json_build_object('id', s.id, 'name', s.name) order by s.position), '[]') from stages s where not s.retired) as stages,
    (select coalesce(json_agg(json_build_object('id', v.id, 'name', v.name, 'filters', v.filters) order by v.saved_at, v.id), '[]')
      from saved_views v where v.user_id = $1) as views`

export interface Kit {
  groups: { name: string; single: boolean; tags: CustomerTag[] }[]
  stages: { id: string; name: string }[]
  views: { id: ViewId; name: string; filters: BookFilters }[]
}

export async function selectKit(sql: Runner, userId: string): Promise<Kit> {
  const [row] = await run<Kit>(sql, KIT, [userId])
  return row!
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
