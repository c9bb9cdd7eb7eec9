import { run, type Runner } from '#server/db/json.ts'

export type RunKind = 'full' | 'recent'

/** Undefined while a run of this kind is under way: an index allows one. */
export async function insertRun(sql: Runner, kind: RunKind, now: Date): Promise<string | undefined> {
  const text = `insert into sync_runs (kind, started_at) values ($1, $2::timestamptz)
    on conflict (kind) where finished_at is null do nothing returning id::text`
  const [row] = await run<{ id: string }>(sql, text, [kind, now])
  return row?.id
}

/** A reading of the recent that was killed in the middle would hold up all that come after: an old one is over. */
export async function endAbandonedRecent(sql: Runner, now: Date): Promise<void> {
  const text = `update sync_runs set finished_at = $1::timestamptz
    where kind = 'recent' and finished_at is null and started_at < $1::timestamptz - interval '50 minutes'`
  await run(sql, text, [now])
}

/** Members whose job is dead fail; answers the runs they held up. */
export async function failAbandoned(sql: Runner): Promise<string[]> {
  const text = `
    with failed as (
      update sync_members m set state = 'failed' from sync_runs r
      where r.id = m.run_id and r.finished_at is null and m.state = 'waiting' and not exists (
        select 1 from graphile_worker.jobs j
        where j.key = 'sync ' || m.run_id || ' ' || m.user_id and j.attempts < j.max_attempts)
      returning m.run_id
    )
    select distinct run_id::text as id from failed`
  return (await run<{ id: string }>(sql, text, [])).map((row) => row.id)
}

/** One row and one job a member, in one statement. Bulk comes after events: priority 10. */
export async function insertMembers(sql: Runner, runId: string, userIds: string[]): Promise<void> {
  const text = `
    with members as (
      insert into sync_members (run_id, user_id) select $1::bigint, u from unnest($2::text[]) u returning user_id
    )
    select graphile_worker.add_job('sync.member', json_build_object('runId', $1::text, 'userId', user_id),
      max_attempts := 25, job_key := 'sync ' || $1::text || ' ' || user_id, priority := 10) from members`
  await run(sql, text, [runId, userIds])
}

export interface MemberProgress {
  state: 'waiting' | 'done' | 'failed'
  cursor: string
  begunAt: Date | null
}

/** Locks the row: two workers never read one member's book at once. */
export async function selectProgress(sql: Runner, runId: string, userId: string): Promise<MemberProgress | undefined> {
  const text = `select state, cursor, begun_at as "begunAt" from sync_members where run_id = $1::bigint and user_id = $2`
  const [row] = await run<Omit<MemberProgress, 'begunAt'> & { begunAt: string | Date | null }>(sql, text, [
    runId,
    userId,
  ])
  return row && { ...row, begunAt: row.begunAt === null ? null : new Date(row.begunAt) }
}

/** The first page is about to be asked for, or asked for again from the start. */
export async function beginMember(sql: Runner, runId: string, userId: string, now: Date): Promise<void> {
  const text = `update sync_members set begun_at = $3::timestamptz, cursor = '', customers = 0
    where run_id = $1::bigint and user_id = $2`
  await run(sql, text, [runId, userId, now])
}

/**
 * The page's transaction does not wait for the disk: a power cut loses it whole, cursor and rows together, and it is read again.
 */
export async function advance(
  sql: Runner,
  runId: string,
  userId: string,
  page: { cursor: string; customers: number; differences: number },
): Promise<void> {
  const text = `
    with quick as materialized (select set_config('synchronous_commit', 'off', true))
    update sync_members set cursor = $3, customers = customers + $4::int, differences = differences + $5::int
    from quick where run_id = $1::bigint and user_id = $2`
  await run(sql, text, [runId, userId, page.cursor, page.customers, page.differences])
}

export async function finishMember(
  sql: Runner,
  runId: string,
  userId: string,
  end: { state: 'done' | 'failed'; differences: number; cause: number | null },
): Promise<void> {
  const text = `update sync_members set state = $3, differences = differences + $4::int, cause = $5::int
    where run_id = $1::bigint and user_id = $2`
  await run(sql, text, [runId, userId, end.state, end.differences, end.cause])
}

/** Sums up and ends the run once no member waits. */
export async function finishRun(sql: Runner, runId: string, now: Date): Promise<void> {
  const text = `
    update sync_runs r set finished_at = $2::timestamptz, customers = m.customers, differences = r.differences + m.differences
    from (select coalesce(sum(customers), 0)::int as customers, coalesce(sum(differences), 0)::int as differences,
      count(*) filter (where state = 'waiting') as waiting from sync_members where run_id = $1::bigint) m
    where r.id = $1::bigint and r.finished_at is null and m.waiting = 0`
  await run(sql, text, [runId, now])
}

export async function addDifferences(sql: Runner, runId: string, n: number): Promise<void> {
  await run(sql, 'update sync_runs set differences = differences + $2::int where id = $1::bigint', [runId, n])
}

/** Members who have ties here and may have none in WeCom. */
export async function selectGoneMembers(sql: Runner, userIds: string[]): Promise<string[]> {
  const text = 'select distinct user_id as "userId" from follows where ended_at is null and user_id <> all($1::text[])'
  return (await run<{ userId: string }>(sql, text, [userIds])).map((row) => row.userId)
}

/** Customers that moved in the last two hours, by what we know: added, edited here, or told of by an event. */
export async function selectRecent(sql: Runner, now: Date, most: number): Promise<string[]> {
  const text = `
    select distinct customer_id as id from follows
    where greatest(added_at, edited_at, ended_at) > $1::timestamptz - interval '2 hours'
    union select substr(subject, 10) from inbox
    where subject like 'customer %' and received_at > $1::timestamptz - interval '2 hours'
    limit $2`
  return (await run<{ id: string }>(sql, text, [now, most])).map((row) => row.id)
}

export async function hasRun(sql: Runner): Promise<boolean> {
  const [row] = await run<{ has: boolean }>(
    sql,
    `select exists (select 1 from sync_runs where kind = 'full') as has`,
    [],
  )
  return row?.has ?? false
}

/** Whether a full run is under way. */
export async function hasOpenRun(sql: Runner): Promise<boolean> {
  const text = `select exists (select 1 from sync_runs where kind = 'full' and finished_at is null) as has`
  const [row] = await run<{ has: boolean }>(sql, text, [])
  return row?.has ?? false
}

/** Customers that were only ever seen in a member's book, which has no personal tags. */
export async function selectUnread(sql: Runner, most: number): Promise<string[]> {
  const text = `select c.id from customers c where c.read_at is null
    and exists (select 1 from follows f where f.customer_id = c.id and f.ended_at is null) limit $1`
  return (await run<{ id: string }>(sql, text, [most])).map((row) => row.id)
}

/** WeCom was asked about this customer alone. */
export async function markRead(sql: Runner, customerId: string, at: Date): Promise<void> {
  await run(sql, 'update customers set read_at = $2::timestamptz where id = $1', [customerId, at])
}
