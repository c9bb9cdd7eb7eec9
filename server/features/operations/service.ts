import type { Operations } from '#shared/operations.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { enqueue } from '#server/jobs/enqueue.ts'
import { readStatus, retryDead } from '#server/jobs/status.ts'
import { record } from '../audit/service.ts'
import { hasOpenRun } from '../sync/service.ts'

/** What runs by itself, for whoever looks after it. No customer's data is in it. */
export async function readOperations(ctx: Ctx): Promise<Operations> {
  return { now: ctx.now().toISOString(), ...(await readStatus(ctx.sql)) }
}

export async function beginSync(ctx: Ctx): Promise<{ begun: boolean }> {
  return await ctx.sql.begin(async (tx) => {
    if (await hasOpenRun(tx)) return { begun: false }
    await enqueue(tx, 'sync.begin', { kind: 'full' }, { key: 'asked sync' })
    await record(tx, memberOf(ctx), { action: 'sync.begun' })
    return { begun: true }
  })
}

export async function retryDeadJobs(ctx: Ctx): Promise<{ retried: number }> {
  return await ctx.sql.begin(async (tx) => {
    const retried = await retryDead(tx)
    if (retried > 0) await record(tx, memberOf(ctx), { action: 'jobs.retried', detail: { retried } })
    return { retried }
  })
}
