import type { Batch } from '#shared/bulk.ts'
import type { CustomerId, TagId } from '#shared/ids.ts'
import type { PlacedTag as TagPlace } from '../tags/service.ts'
import { run, type Runner } from '#server/db/json.ts'

export interface Candidate {
  customerId: CustomerId
  name: string | null
  tagIds: string[] | null
}

/** In the order asked for; nulls for whom the member does not follow. */
export async function selectCandidates(sql: Runner, userId: string, customers: string[]): Promise<Candidate[]> {
  const text = `select a.id as "customerId", coalesce(nullif(f.remark, ''), c.name) as name, f.tag_ids as "tagIds"
    from unnest($2::text[]) with ordinality as a(id, at)
    left join follows f on f.customer_id = a.id and f.user_id = $1 and f.ended_at is null left join customers c on c.id = f.customer_id
    order by a.at`
  return await run<Candidate>(sql, text, [userId, customers])
}

export interface PlacedTag extends TagPlace {
  name: string
}

/** The tags named, and every other of the single-choice groups among them. */
export async function selectPlaced(sql: Runner, ids: string[]): Promise<PlacedTag[]> {
  const text = `select t.id, t.name, g.id as "groupId", g.single_choice as single from tags t join tag_groups g on g.id = t.group_id
    where t.id = any($1) or (g.single_choice and g.id in (select group_id from tags where id = any($1)))`
  return await run<PlacedTag>(sql, text, [ids])
}

const INSERT = `
  with batch as (
    insert into bulk_batches (id, user_id, undo_of, created_at) values ($1::uuid, $2, $3::uuid, $4::timestamptz)
    on conflict (id) do nothing returning id
  ), rows as (
    insert into bulk_rows (batch_id, customer_id, place, add, remove)
    select b.id, r."customerId", r.at, r.add, r.remove from batch b,
      (select e.*, o.at from jsonb_array_elements($5::text::jsonb) with ordinality as o(row, at),
        jsonb_to_record(o.row) as e("customerId" text, add text[], remove text[])) r
    on conflict do nothing
  )
  select count(graphile_worker.add_job('bulk.tag', json_build_object('batchId', b.id), max_attempts := 25, job_key := 'bulk ' || b.id))::int as n
  from batch b`

export interface NewRow {
  customerId: string
  add: string[]
  remove: string[]
}

/** The batch, its rows and its job in one statement, once for an id. */
export async function insertBatch(
  sql: Runner,
  batch: { id: string; userId: string; undoOf: string | null },
  rows: NewRow[],
  now: Date,
): Promise<void> {
  await run(sql, INSERT, [batch.id, batch.userId, batch.undoOf, now, JSON.stringify(rows)])
}

const ONE = `
  select b.id, (select count(*) from bulk_rows r where r.batch_id = b.id)::int as total,
    (select count(*) from bulk_rows r where r.batch_id = b.id and r.state in ('done', 'same'))::int as done,
    (select count(*) from bulk_rows r where r.batch_id = b.id and r.state = 'failed')::int as failed,
    to_char(b.finished_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "finishedAt",
    b.undo_of is null and b.finished_at is not null and exists (select 1 from bulk_rows r where r.batch_id = b.id and r.state = 'done')
      and not exists (select 1 from bulk_batches u where u.undo_of = b.id) as undoable,
    (select coalesce(json_agg(json_build_object('customerId', r.customer_id, 'name', r.name, 'state', r.state, 'message', r.message)
        order by r.state <> 'failed', r.place), '[]')
      from (select r.*, coalesce(nullif(f.remark, ''), c.name, '') as name from bulk_rows r
        left join follows f on f.customer_id = r.customer_id and f.user_id = b.user_id and f.ended_at is null
        left join customers c on c.id = f.customer_id where r.batch_id = b.id) r) as rows
  from bulk_batches b where b.id = $1::uuid and b.user_id = $2`

/** The member's own. */
export async function selectBatch(sql: Runner, id: string, userId: string): Promise<Batch | undefined> {
  const [row] = await run<Batch>(sql, ONE, [id, userId])
  return row
}

/** What a batch really changed, turned round. */
export async function selectReverse(sql: Runner, id: string): Promise<NewRow[]> {
  const text = `select customer_id as "customerId", removed as add, added as remove from bulk_rows
    where batch_id = $1::uuid and state = 'done' order by place`
  return await run<NewRow>(sql, text, [id])
}

export interface WaitingRow {
  customerId: CustomerId
  add: TagId[]
  remove: TagId[]
}

export async function selectWaiting(sql: Runner, batchId: string, limit: number) {
  const text = `select b.user_id as "userId", (select coalesce(json_agg(w order by w.place), '[]') from (
      select r.customer_id as "customerId", r.add, r.remove, r.place from bulk_rows r where r.batch_id = b.id and r.state = 'waiting'
      order by r.place limit $2) w) as rows
    from bulk_batches b where b.id = $1::uuid`
  const [row] = await run<{ userId: string; rows: WaitingRow[] }>(sql, text, [batchId, limit])
  return row
}

export async function settleRow(
  sql: Runner,
  key: { batchId: string; customerId: string },
  end: { state: 'done' | 'same' | 'failed'; added?: string[]; removed?: string[]; message?: string },
): Promise<void> {
  const text = `update bulk_rows set state = $3, added = $4::text[], removed = $5::text[], message = $6
    where batch_id = $1::uuid and customer_id = $2 and (state = 'waiting' or $3 = 'failed')`
  await run(sql, text, [
    key.batchId,
    key.customerId,
    end.state,
    end.added ?? [],
    end.removed ?? [],
    end.message ?? null,
  ])
}

export async function finish(sql: Runner, batchId: string, now: Date): Promise<void> {
  await run(sql, 'update bulk_batches set finished_at = $2::timestamptz where id = $1::uuid and finished_at is null', [
    batchId,
    now,
  ])
}
