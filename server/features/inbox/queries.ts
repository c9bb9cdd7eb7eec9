import { run, type Runner } from '#server/db/json.ts'

export interface Arrival {
  digest: string
  event: string
  changeType: string | null
  subject: string | null
  fields: Record<string, string>
}

/**
 * The event and the job it asks for, in one statement: either both are there or neither. The same text once more is the same row, but
 * its subject is fetched anew: two changes in one second look alike, and the first may have been fetched before the second was made.
 */
const KEEP = `
  with kept as (
    insert into inbox (digest, event, change_type, subject, fields, received_at, applied_at)
    values ($1, $2, $3, $4, $5::text::jsonb, $6::timestamptz, case when $4::text is null then $6::timestamptz end)
    on conflict (digest) do update set id = default, applied_at = excluded.applied_at
    returning id, subject
  )
  select id::text, case when subject is not null then (graphile_worker.add_job('inbox.apply',
    json_build_object('subject', subject), run_at := now() + $7::int * interval '1 second', max_attempts := 25,
    job_key := subject)).id end as job
  from kept`

export async function keep(sql: Runner, a: Arrival, afterSeconds: number, now: Date): Promise<void> {
  const values = [a.digest, a.event, a.changeType, a.subject, JSON.stringify(a.fields), now, afterSeconds]
  await run(sql, KEEP, values)
}

/** The newest event of a subject that still waits, and its fields; undefined when all are applied. */
export async function selectWaiting(sql: Runner, subject: string) {
  const text = `select id::text, fields from inbox where subject = $1 and applied_at is null order by inbox.id desc limit 1`
  const [row] = await run<{ id: string; fields: Record<string, string> }>(sql, text, [subject])
  return row
}

/** Everything about this subject up to that event is in our copy now. */
export async function markApplied(sql: Runner, subject: string, upTo: string, now: Date): Promise<void> {
  const text = `update inbox set applied_at = $3::timestamptz where subject = $1 and id <= $2::bigint and applied_at is null`
  await run(sql, text, [subject, upTo, now])
}

/** Applied events are kept a month, for whoever asks what came. */
export async function removeOld(sql: Runner, now: Date): Promise<void> {
  const text = `delete from inbox where applied_at is not null and received_at < $1::timestamptz - interval '31 days'`
  await run(sql, text, [now])
}
