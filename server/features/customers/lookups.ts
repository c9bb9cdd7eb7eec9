import type { Ctx } from '#server/context.ts'
import { AppError, noSuchCustomer } from '#server/errors.ts'
import { perProcess, singleFlight } from '#server/per-process.ts'
import type { RemoteCustomer } from '#server/wecom/port.ts'
import type { FollowKey } from './queries.ts'

const MINUTE = 60_000
/** Misses a member may cause in a minute before WeCom is not asked for them any more; opening real chats causes none. */
const MISSES_A_MINUTE = 30

const memory = perProcess(() => ({
  flights: new Map<string, Promise<RemoteCustomer | undefined>>(),
  /** Per member: ids WeCom denied, and when. Kept a minute. */
  misses: new Map<string, Map<string, number>>(),
}))

/** What WeCom knows of a customer. Several who open the same customer at once share one call. */
export function askWecom(ctx: Ctx, customerId: string): Promise<RemoteCustomer | undefined> {
  return singleFlight(memory(ctx).flights, customerId, () => ctx.wecom.readCustomer(customerId))
}

/**
 * Guessing ids must not drain WeCom's quota: an id denied to this member within the last minute is denied again without a
 * call, and a member with too many denials waits.
 */
export function guardLookup(ctx: Ctx, { customerId, userId }: FollowKey): void {
  const recent = recentMisses(ctx, userId)
  if (recent.has(customerId)) throw noSuchCustomer()
  if (recent.size >= MISSES_A_MINUTE) throw new AppError('too_many_requests', '打开得太频繁了，请一分钟后再试')
}

export function noteMiss(ctx: Ctx, { customerId, userId }: FollowKey): void {
  recentMisses(ctx, userId).set(customerId, ctx.now().getTime())
}

function recentMisses(ctx: Ctx, userId: string): Map<string, number> {
  const { misses } = memory(ctx)
  const mine = misses.get(userId) ?? new Map<string, number>()
  misses.set(userId, mine)
  const oldest = ctx.now().getTime() - MINUTE
  for (const [id, at] of mine) if (at <= oldest) mine.delete(id)
  return mine
}
