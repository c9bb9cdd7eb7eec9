import type { Ctx } from '#server/context.ts'
import { AppError } from '#server/errors.ts'
import { perProcess } from '#server/per-process.ts'
import { record, type Opening, shareOpenings } from './queries.ts'

const WINDOW_MS = 600_000
/** What was opened elsewhere is known here this much later. */
const SHARE_MS = 1_000

const memory = perProcess(() => ({
  /** By member: customers and when each was first opened in the window. */
  opened: new Map<string, Map<string, number>>(),
  unshared: [] as Opening[],
  sharing: false,
}))

/**
 * Counts the customers a member opens, each once in ten minutes. Beyond the limit that is set it throws `too_many_requests`; the first
 * refusal is recorded for the auditor and logged for an alarm. Exact in this process, a second late between several.
 */
export async function countOpening(ctx: Ctx, customerId: string): Promise<void> {
  if (ctx.actor.kind !== 'member') return
  const { userId } = ctx.actor
  const state = memory(ctx)
  const now = ctx.now().getTime()
  const mine = state.opened.get(userId) ?? new Map<string, number>()
  state.opened.set(userId, mine)
  const first = mine.get(customerId)
  if (first !== undefined && first > now - WINDOW_MS) return
  for (const [id, at] of mine) if (at <= now - WINDOW_MS) mine.delete(id)
  if (mine.size >= ctx.config.openingsLimit) return await refuse(ctx, userId, mine)
  mine.set(customerId, now)
  state.unshared.push({ userId, customerId, openedAt: new Date(now) })
  if (!state.sharing) shareSoon(ctx)
}

/** Written behind, all that came in a second at once: opening a card waits for nothing more. */
function shareSoon(ctx: Ctx): void {
  const state = memory(ctx)
  state.sharing = true
  setTimeout(() => {
    state.sharing = false
    const openings = state.unshared.splice(0)
    const since = ctx.now().getTime() - WINDOW_MS
    shareOpenings(ctx.sql, openings, new Date(since))
      .then((everywhere) => {
        for (const { userId, customerIds } of everywhere) {
          const mine = state.opened.get(userId)
          for (const id of customerIds) if (mine && !mine.has(id)) mine.set(id, since + WINDOW_MS)
        }
      })
      .catch((err: unknown) => ctx.log.warn({ err }, 'openings not shared'))
  }, SHARE_MS).unref()
}

/** Said once per window: marked by an entry no customer has. */
async function refuse(ctx: Ctx, userId: string, mine: Map<string, number>): Promise<never> {
  const most = ctx.config.openingsLimit
  if (!mine.has('')) {
    mine.set('', ctx.now().getTime())
    ctx.log.error({ alarm: 'bulk_reading', userId, most }, 'a member opens customers in bulk')
    await record(ctx.sql, userId, { action: 'customers.bulk_refused', detail: { most, minutes: 10 } })
  }
  throw new AppError('too_many_requests', `十分钟内打开的客户超过 ${most} 位，请稍后再试；确有需要请联系管理员`)
}
