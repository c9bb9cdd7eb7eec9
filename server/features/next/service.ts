import type { CustomerId } from '#shared/ids.ts'
import { NEXT_KINDS, type NextAction, type NextKind } from '#shared/next.ts'
import { DAY_MS, SHOP_MS } from '#shared/shop-time.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { noSuchCustomer } from '#server/errors.ts'
import { type Around, chooseNext } from './choose.ts'
import { deleteBefore, selectFacts, selectFigures, writeOutcome, writeShown } from './queries.ts'

/** After so long what was dismissed may be said again, though nothing changed. */
const QUIET_DAYS = 7
/** Figures go back 90 days; twice as much is kept. */
const KEPT_DAYS = 180

/** Midnight in China before a moment, and that day as text. */
function dayOf(at: Date) {
  const begin = Math.floor((at.getTime() + SHOP_MS) / DAY_MS) * DAY_MS
  return { begin: new Date(begin - SHOP_MS), today: new Date(begin).toISOString().slice(0, 10) }
}

/** The one line of the home, counted as shown once a day and kind. 404 for a customer who is not the caller's. */
export async function nextOf(ctx: Ctx, customerId: CustomerId, around: Around): Promise<NextAction | undefined> {
  const userId = memberOf(ctx)
  const now = ctx.now()
  const { begin, today } = dayOf(now)
  const endOfDay = new Date(begin.getTime() + DAY_MS)
  const quietSince = new Date(now.getTime() - QUIET_DAYS * DAY_MS)
  const facts = await selectFacts(ctx.sql, customerId, userId, { endOfDay, quietSince, today })
  if (!facts) throw noSuchCustomer()
  const next = chooseNext(facts, around, now)
  if (next && !facts.shown.includes(next.kind))
    await writeShown(ctx.sql, { customerId, userId, kind: next.kind, today }, now)
  return next
}

/** Twice is once. 404 for a customer who is not the caller's. */
export async function settleNext(
  ctx: Ctx,
  wanted: { customerId: CustomerId; kind: NextKind; fact: string; outcome: 'taken' | 'dismissed' | 'shown' },
) {
  const { customerId, kind } = wanted
  const now = ctx.now()
  const row = { customerId, userId: memberOf(ctx), kind, today: dayOf(now).today }
  if (!(await writeOutcome(ctx.sql, row, wanted, now))) throw noSuchCustomer()
  return { ok: true as const }
}

/** In the order in which they are chosen. */
export async function getNextFigures(ctx: Ctx, { days = '30' }: { days?: '7' | '30' | '90' | undefined }) {
  const { begin, today } = dayOf(new Date(ctx.now().getTime() - (Number(days) - 1) * DAY_MS))
  const found = await selectFigures(ctx.sql, memberOf(ctx), today)
  const figures = NEXT_KINDS.flatMap((kind) => found.filter((one) => one.kind === kind))
  return { from: begin.toISOString(), figures }
}

export const cleanNext = (ctx: Ctx): Promise<void> =>
  deleteBefore(ctx.sql, dayOf(new Date(ctx.now().getTime() - KEPT_DAYS * DAY_MS)).today)
