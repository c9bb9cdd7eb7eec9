import type { Ctx } from '#server/context.ts'
import { changeOf } from '#server/wecom/events.ts'
import { syncCustomer } from '../sync/service.ts'
import { syncDepartments, syncMemberChange } from '../members/service.ts'
import { syncLibrary } from '../tags/service.ts'
import { markApplied, removeOld, selectWaiting } from './queries.ts'

/**
 * Fetches what the waiting events of one subject are about, once for all of them. Events that arrive meanwhile have a job of
 * their own: it is marked what had arrived before the fetch began, and nothing later.
 */
async function apply(ctx: Ctx, { subject }: { subject: string }): Promise<void> {
  const waiting = await selectWaiting(ctx.sql, subject)
  const change = waiting && changeOf(waiting.fields)
  if (!waiting || !change) return
  if (change.kind === 'customer') await syncCustomer(ctx, change.customerId)
  else if (change.kind === 'tags') await syncLibrary(ctx)
  else if (change.kind === 'departments') await syncDepartments(ctx)
  else if (change.kind === 'member') await syncMemberChange(ctx, change)
  await markApplied(ctx.sql, subject, waiting.id, ctx.now())
}

export const inboxJobs = {
  'inbox.apply': apply,
  'inbox.clean': (ctx: Ctx) => removeOld(ctx.sql, ctx.now()),
}
