import { EventEmitter } from 'node:events'
import { Logger, run, type Task, type TaskList, type WorkerEvents } from 'graphile-worker'
import type { Ctx, Deps } from '../context.ts'
import { type DatabaseTarget, openPool } from '../db/client.ts'
import { inBackground } from '../wecom/background.ts'
import { WecomError } from '../wecom/error.ts'
import { openQueuePool } from '../db/pg.ts'
import { releaseDead, showLife } from './crash.ts'
import { CRON, handlers } from './registry.ts'

const AT_ONCE = 4
const SWEEP_MS = 2_000
const PATIENCE_MS = 3_000

export interface RunningWorker {
  /** Lets the jobs under way finish, three seconds at most; one that is cut off is taken up again by whoever runs next. */
  close(): Promise<void>
}

/** Runs jobs in this process. The jobs of a worker that dies without a word are free again within seconds (`crash.ts`). */
export async function startWorker(deps: Deps, target: DatabaseTarget): Promise<RunningWorker> {
  const lost = (err: Error) => deps.log.warn({ err }, 'a connection of the job queue was lost')
  const pool = openQueuePool(target, AT_ONCE + 2, lost)
  const watch = openPool(target, 1)
  const life = showLife(watch)
  const tell = (err: unknown) => deps.log.warn({ err }, 'dead workers could not be looked for')
  const events: WorkerEvents = new EventEmitter()
  events.on('worker:create', ({ worker }) => void life.add(worker.workerId).catch(tell))
  const worker = await run({
    pgPool: pool,
    taskList: tasksOf(deps),
    parsedCronItems: [...CRON],
    concurrency: AT_ONCE,
    noHandleSignals: true,
    pollInterval: 1_000,
    gracefulShutdownAbortTimeout: PATIENCE_MS,
    events,
    logger: new Logger(() => (level, message) => {
      if (level === 'error' || level === 'warning') deps.log.warn({ queue: message }, 'job queue')
    }),
  })
  worker.promise.catch((err: unknown) => deps.log.error({ err }, 'the job queue ended'))
  const sweep = setInterval(() => {
    life
      .renew()
      .then(() => releaseDead(deps.sql))
      .catch(tell)
  }, SWEEP_MS)
  return {
    close: async () => {
      clearInterval(sweep)
      await worker.stop()
      await Promise.all([pool.end(), watch.end({ timeout: 1 })])
    },
  }
}

/** While WeCom is busy or out of reach its work waits this long, however often: what piled up is done soon after it is back. */
const BUSY_SECONDS = 15

/** The handlers as the queue calls them. */
export function tasksOf(deps: Deps): TaskList {
  const task = ([kind, handle]: [string, unknown]): [string, Task] => {
    const ctx: Ctx = { ...deps, actor: { kind: 'job', name: kind } }
    return [
      kind,
      async (payload, { job, addJob }) => {
        try {
          await inBackground(() => (handle as (ctx: Ctx, payload: unknown) => Promise<void>)(ctx, payload))
        } catch (error) {
          if (!(error instanceof WecomError && error.busy) || job.key === null) throw error
          const runAt = new Date(Date.now() + BUSY_SECONDS * 1000)
          const { key: jobKey, priority, max_attempts: maxAttempts } = job
          await addJob(kind, payload, { jobKey, jobKeyMode: 'preserve_run_at', priority, maxAttempts, runAt })
        }
      },
    ]
  }
  return Object.fromEntries(Object.entries(handlers).map(task))
}
