import type { Ctx } from '#server/context.ts'
import type { Runner } from '#server/db/json.ts'
import { countToday, type Entry, insertEntry, selectEntries } from './queries.ts'

export { countOpening } from './openings.ts'

/** What is limited or reported by its count. */
export type { Entry }

/**
 * Writes down what is being done, in the transaction that does it: where this fails, it is not done and nothing is shown.
 * `actor`: a userid, or a name that no userid has.
 */
export const record = (tx: Runner, actor: string, entry: Entry): Promise<void> => insertEntry(tx, actor, entry)

/** How often this member did it today, by the calendar of China. Others of theirs wait until this transaction ends. */
export const doneToday = (tx: Runner, actor: string, action: string): Promise<number> => countToday(tx, actor, action)

const PAGE = 50

export async function listAudit(
  ctx: Ctx,
  wanted: { cursor?: string | undefined; actor?: string | undefined; action?: string | undefined },
) {
  const { cursor = null, actor, action } = wanted
  const limit = PAGE + 1
  const found = await selectEntries(ctx.sql, { cursor, actor: actor || null, action: action || null, limit })
  const entries = found.slice(0, PAGE)
  return { entries, nextCursor: found.length > PAGE ? entries.at(-1)!.id : null }
}
