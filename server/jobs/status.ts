import type { Operations } from '#shared/operations.ts'
import { run, type Runner } from '../db/json.ts'

export type Status = Omit<Operations, 'now'>

const age = (column: string, where = 'true') =>
  `extract(epoch from now() - min(${column}) filter (where ${where}))::int`

const STATUS = `
  select
    (select coalesce(json_agg(r), '[]') from (
      select r.id::text, r.kind, r.started_at as "startedAt", r.finished_at as "finishedAt", count(m.user_id)::int as members,
        count(*) filter (where m.state = 'done')::int as "membersDone",
        count(*) filter (where m.state = 'failed')::int as "membersFailed",
        coalesce(sum(m.customers), 0)::int as customers,
        case when r.finished_at is null then coalesce(sum(m.differences), 0)::int + r.differences else r.differences end as differences,
        coalesce((select json_object_agg(c.cause, c.n) from (
          select cause, count(*) as n from sync_members where run_id = r.id and cause is not null group by cause) c), '{}') as causes
      from (select * from sync_runs order by id desc limit 5) r left join sync_members m on m.run_id = r.id
      group by r.id, r.kind, r.started_at, r.finished_at, r.differences order by r.id desc
    ) r) as sync,
    (select json_build_object('jobs', count(*), 'oldestSeconds', ${age('run_at', 'run_at <= now()')})
      from graphile_worker.jobs where attempts < max_attempts) as queue,
    (select json_build_object('waiting', count(*), 'oldestSeconds', ${age('received_at')})
      from inbox where applied_at is null) as inbox,
    (select json_build_object('waiting', count(*) filter (where state = 'waiting'), 'failed', count(*) filter (where state = 'failed'),
      'oldestSeconds', ${age('created_at', `state = 'waiting'`)})
      from outbox where state in ('waiting', 'failed')) as outbox,
    (select coalesce(json_agg(d), '[]') from (
      select id::text, task_identifier as kind, key, attempts, left(last_error, 200) as error
      from graphile_worker.jobs where attempts >= max_attempts order by id limit 50) d) as dead`

/** How everything that runs by itself is doing. Holds no customer's data but ids in the keys of jobs. */
export async function readStatus(sql: Runner): Promise<Status> {
  const [row] = await run<Status>(sql, STATUS, [])
  return row!
}

/** Dead jobs are tried again from the start. Answers how many. */
export async function retryDead(sql: Runner): Promise<number> {
  const text = `
    select count(*)::int as n from graphile_worker.reschedule_jobs(
      array(select id from graphile_worker.jobs where attempts >= max_attempts), run_at := now(), attempts := 0)`
  const [row] = await run<{ n: number }>(sql, text, [])
  return row?.n ?? 0
}
