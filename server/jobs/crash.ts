import type { Sql } from 'postgres'
import { run, type Runner } from '../db/json.ts'

/** Younger locks may belong to a worker that is about to show its sign of life. */
const GRACE = `interval '5 seconds'`

const lockOf = (id: string): string => `hashtextextended('worker ' || ${id}, 0)`

/** Locks held by a connection of this process: the sign of life of its workers, which ends with the process however it ends. */
export interface LifeSigns {
  /** Shows the sign for one worker. */
  add(workerId: string): Promise<void>
  /** Shows all signs again where the connection was lost meanwhile. */
  renew(): Promise<void>
}

/** `watch` must be a pool of one connection that nobody else uses. */
export function showLife(watch: Sql): LifeSigns {
  const ids = new Set<string>()
  let connection = 0
  const show = (id: string) => run(watch, `select pg_try_advisory_lock(${lockOf('$1')})`, [id])
  return {
    add: async (id) => {
      ids.add(id)
      await show(id)
    },
    renew: async () => {
      const [row] = await run<{ pid: number }>(watch, 'select pg_backend_pid() as pid', [])
      if (connection !== 0 && connection !== row?.pid) for (const id of ids) await show(id)
      connection = row?.pid ?? 0
    },
  }
}

const RELEASE = `
  with dead as (
    select distinct locked_by as id from graphile_worker._private_jobs
    where locked_by is not null and locked_at < now() - ${GRACE} and pg_try_advisory_xact_lock(${lockOf('locked_by')})
  )
  select array_agg(id) as ids, graphile_worker.force_unlock_workers(array_agg(id)) from dead having count(*) > 0`

/**
 * Work with the same key that arrives while a job runs makes the queue take the key from the running one and call its attempts used up. Where
 * its worker then dies it would stand there as failed, though its successor does the work.
 */
const SUPERSEDED = `
  delete from graphile_worker._private_jobs
  where key is null and attempts >= max_attempts and locked_at is null and last_error is null`

/** Jobs of workers that give no sign of life are free again. Answers whose they were. */
export async function releaseDead(sql: Runner): Promise<string[]> {
  const [row] = await run<{ ids: string[] }>(sql, RELEASE, [])
  if (row) await run(sql, SUPERSEDED, [])
  return row?.ids ?? []
}
