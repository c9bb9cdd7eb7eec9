import type { Ctx } from '#server/context.ts'
import { cutPage } from '#server/db/cursor.ts'
import { selectEntries } from './queries.ts'
import { verifySeals } from './seals.ts'

export { countOpening } from './openings.ts'
export { doneToday, record } from './queries.ts'

const PAGE = 50

export async function listAudit(
  ctx: Ctx,
  wanted: { cursor?: string | undefined; actor?: string | undefined; action?: string | undefined },
) {
  const { cursor = null, actor, action } = wanted
  const limit = PAGE + 1
  const found = await selectEntries(ctx.sql, { cursor, actor: actor || null, action: action || null, limit })
  const { rows: entries, nextCursor } = cutPage(found, PAGE, (last) => last.id)
  return { entries, nextCursor }
}

export const verifyAudit = (ctx: Ctx) => verifySeals(ctx.sql)
