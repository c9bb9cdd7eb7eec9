import type { ImportRun, Layout } from '#shared/imports.ts'
import { instantText, run, type Runner } from '#server/db/json.ts'

const COLUMNS = `i.id, i.name, i.size::float8 as size, (select coalesce(sum(octet_length(p.content)), 0)::float8 from import_parts p where p.file_id = i.id) as received,
  coalesce((select name from members where user_id = i.user_id), i.user_id) as by, i.state, i.rows::float8 as rows, i.share::float8 as share, i.counts, i.would,
  i.matched, i.undone, i.message, i.has_errors as "hasErrors", ${instantText('i.created_at')} as at, ${instantText('i.settled_at')} as "settledAt"`

export const selectImports = (sql: Runner, limit: number): Promise<ImportRun[]> =>
  run<ImportRun>(sql, `select ${COLUMNS} from import_files i order by i.created_at desc nulls last limit $1::int`, [
    limit,
  ])

export async function selectImport(sql: Runner, id: string): Promise<ImportRun | undefined> {
  const [row] = await run<ImportRun>(sql, `select ${COLUMNS} from import_files i where i.id = $1::uuid`, [id])
  return row
}

export async function insertFile(
  sql: Runner,
  file: { id: string; userId: string; name: string; size: number },
  now: Date,
) {
  const text = `insert into import_files (id, user_id, name, size, created_at) values ($1::uuid, $2, $3, $4::bigint, $5::timestamptz) on conflict (id) do nothing`
  await run(sql, text, [file.id, file.userId, file.name, file.size, now])
}

/** Once for a part; the state moves on when all bytes are there. */
const PART = `
  with kept as (
    insert into import_parts (file_id, part, content) values ($1::uuid, $2::int, decode($3, 'base64')) on conflict do nothing returning octet_length(content) as n
  )
  update import_files i set state = 'uploaded' where i.id = $1::uuid and i.state = 'uploading'
    and (select coalesce(sum(octet_length(content)), 0) from import_parts p where p.file_id = i.id) + coalesce((select n from kept), 0) >= i.size`

export async function insertPart(sql: Runner, id: string, part: number, base64: string): Promise<void> {
  await run(sql, PART, [id, part, base64])
}

export const selectParts = (sql: Runner, id: string) =>
  run<{ part: number; bytes: number }>(
    sql,
    'select part, octet_length(content) as bytes from import_parts where file_id = $1::uuid order by part',
    [id],
  )

export async function selectPart(sql: Runner, id: string, part: number): Promise<Buffer> {
  const text = 'select content from import_parts where file_id = $1::uuid and part = $2::int'
  const [row] = await run<{ content: Buffer }>(sql, text, [id, part])
  return row!.content
}

/** From one of these states to another, once; false: it was in none of them. */
export async function moveTo(
  sql: Runner,
  id: string,
  from: ImportRun['state'][],
  to: ImportRun['state'],
  layout: Layout | null,
): Promise<boolean> {
  const text = `update import_files set state = $3, layout = coalesce($4::text::jsonb, layout), rows = 0, share = 0, message = null, settled_at = null,
    counts = case when $3 = 'undoing' then counts else '{}' end where id = $1::uuid and state = any($2) returning 1`
  return (await run(sql, text, [id, from, to, layout && JSON.stringify(layout)])).length === 1
}

export async function saveProgress(sql: Runner, id: string, rows: number, share: number): Promise<void> {
  const text = `update import_files set rows = $2::bigint, share = $3::real where id = $1::uuid and state in ('checking', 'running')`
  await run(sql, text, [id, rows, share])
}

export interface End {
  state: ImportRun['state']
  rows?: number
  counts?: Record<string, number>
  would?: ImportRun['would']
  matched?: ImportRun['matched']
  undone?: ImportRun['undone']
  message?: string
  errors?: string
  orderImportId?: string
}

export async function settle(sql: Runner, id: string, end: End, now: Date): Promise<void> {
  const text = `update import_files set state = $2, rows = coalesce($3::bigint, rows), share = case when $2 = 'failed' then share else 1 end,
    counts = coalesce($4::text::jsonb, counts), would = coalesce($5::text::jsonb, would), matched = coalesce($6::text::jsonb, matched),
    undone = coalesce($7::text::jsonb, undone), message = $8, errors = coalesce($9, errors), has_errors = has_errors or $9 is not null,
    order_import_id = coalesce($10::bigint, order_import_id), settled_at = $11::timestamptz where id = $1::uuid`
  const json = (value: object | null | undefined) => (value ? JSON.stringify(value) : null)
  await run(sql, text, [
    id,
    end.state,
    end.rows ?? null,
    json(end.counts),
    json(end.would),
    json(end.matched),
    json(end.undone),
    end.message ?? null,
    end.errors ?? null,
    end.orderImportId ?? null,
    now,
  ])
}

export async function selectWork(sql: Runner, id: string) {
  const text = `select name, layout, state, order_import_id::text as "orderImportId" from import_files where id = $1::uuid`
  const [row] = await run<{
    name: string
    layout: Layout | null
    state: ImportRun['state']
    orderImportId: string | null
  }>(sql, text, [id])
  return row
}

export async function selectErrors(sql: Runner, id: string): Promise<string | null | undefined> {
  const [row] = await run<{ errors: string | null }>(sql, 'select errors from import_files where id = $1::uuid', [id])
  return row && row.errors
}

export async function selectLayout(sql: Runner, headings: string): Promise<Layout | undefined> {
  const [row] = await run<{ layout: Layout }>(sql, 'select layout from import_layouts where headings = $1', [headings])
  return row?.layout
}

export async function keepLayout(sql: Runner, headings: string, layout: Layout, now: Date): Promise<void> {
  const text = `insert into import_layouts (headings, layout, saved_at) values ($1, $2::text::jsonb, $3::timestamptz)
    on conflict (headings) do update set layout = excluded.layout, saved_at = excluded.saved_at`
  await run(sql, text, [headings, JSON.stringify(layout), now])
}

/** Of files that were settled a month ago: their bytes, and the rows that were left out, which may name customers. */
export async function deleteOldParts(sql: Runner, now: Date): Promise<void> {
  const text = `delete from import_parts p using import_files i where i.id = p.file_id and coalesce(i.settled_at, i.created_at) < $1::timestamptz - interval '30 days'`
  await run(sql, text, [now])
  const errors = `update import_files set errors = null, has_errors = false where errors is not null and settled_at < $1::timestamptz - interval '30 days'`
  await run(sql, errors, [now])
}

/** Of these ids, those whose bytes are kept. */
export async function keptFiles(sql: Runner, ids: string[]): Promise<Set<string>> {
  const rows = await run<{ id: string }>(
    sql,
    'select distinct file_id as id from import_parts where file_id = any($1::uuid[])',
    [ids],
  )
  return new Set(rows.map(({ id }) => id))
}
