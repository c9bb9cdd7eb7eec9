import type { GuardRules, GuardVerdict, Touch } from '#shared/guard.ts'
import type { CustomerId } from '#shared/ids.ts'
import { DAY_MS } from '#shared/shop-time.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { AppError, noSuchCustomer } from '#server/errors.ts'
import { record } from '../audit/service.ts'
import { quietNow } from '../quiet/service.ts'
import { DEFAULT_RULES, FORGOTTEN_DAYS, judge, merged, type WeighedTouch } from './pressure.ts'
import { type Known, quietOf, selectKnown, selectRecent, selectRules, writeRefusal, writeRules } from './queries.ts'

interface Wanted {
  customerId: CustomerId
}
type Weighed = WeighedTouch & { userId: string; replyId: string | null; content: string }

async function know(ctx: Ctx, customerId: string, userId = memberOf(ctx)) {
  const since = new Date(ctx.now().getTime() - FORGOTTEN_DAYS * DAY_MS)
  const known = await selectKnown(ctx.sql, customerId, userId, since)
  if (!known) throw noSuchCustomer()
  const touches: Weighed[] = merged(known.touches.map((touch) => ({ ...touch, at: new Date(touch.at) })))
  return { known, touches, rules: known.rules ?? DEFAULT_RULES, verdict: verdictOf(ctx, known, touches) }
}

function verdictOf(ctx: Ctx, known: Known, touches: Weighed[]): GuardVerdict {
  const judged = judge('promotion', {
    touches,
    rules: known.rules ?? DEFAULT_RULES,
    quiet: quietOf(known.quiet, ctx.config.quietHours),
    refused: known.refusal !== null,
    rhythm: known.rhythm ? { days: known.rhythm.days, boughtAt: new Date(known.rhythm.boughtAt) } : undefined,
    now: ctx.now(),
  })
  const last = touches.findLast(({ kind }) => kind !== 'service')
  return { ...judged, customer: known.name, last: last ? { at: last.at.toISOString(), ...ownWords(ctx, last) } : null }
}

/** A colleague's words stay theirs. */
function ownWords(ctx: Ctx, { userId, content }: Weighed): { mine: boolean; title: string | null } {
  const mine = userId === memberOf(ctx)
  return { mine, title: mine ? content.slice(0, 200) : null }
}

/** Of one more promotion to a customer of the caller, now. 404 for whoever is not theirs. */
export const judgeNow = async (ctx: Ctx, { customerId }: Wanted): Promise<GuardVerdict> =>
  (await know(ctx, customerId)).verdict

/** The same for a customer of that member's: the caller has made sure that they lead them. */
export const judgeFor = async (ctx: Ctx, customerId: string, userId: string): Promise<GuardVerdict> =>
  (await know(ctx, customerId, userId)).verdict

export async function getGuard(ctx: Ctx, { customerId }: Wanted) {
  const { known, touches, rules, verdict } = await know(ctx, customerId)
  const said = touches.toReversed().slice(0, 100)
  return {
    name: known.name,
    verdict,
    rules,
    refusal: known.refusal,
    touches: said.map((touch): Touch => {
      const { at, kind } = touch
      return { at: at.toISOString(), kind, ...ownWords(ctx, touch), weight: rules.weights[kind] }
    }),
  }
}

export async function setRefusal(ctx: Ctx, { customerId, reason }: Wanted & { reason: string | null }) {
  await know(ctx, customerId)
  await ctx.sql.begin(async (tx) => {
    await writeRefusal(tx, customerId, memberOf(ctx), reason, ctx.now())
    const action = reason === null ? 'guard.refusal_ended' : 'guard.refused'
    await record(tx, memberOf(ctx), { action, subject: customerId, detail: { reason } })
  })
  return { refused: reason !== null }
}

export async function overrideGuard(
  ctx: Ctx,
  { customerId, reason, content }: Wanted & { reason: string; content: string },
) {
  const { verdict } = await know(ctx, customerId)
  const reasons = verdict.reasons.map(({ kind }) => kind)
  const detail = { reason, content, verdict: verdict.verdict, pressure: verdict.pressure, reasons }
  await record(ctx.sql, memberOf(ctx), { action: 'guard.overridden', subject: customerId, detail })
  return { allowed: true as const }
}

export async function getGuardRules(ctx: Ctx) {
  const saved = await selectRules(ctx.sql)
  return { rules: saved ?? DEFAULT_RULES, chosen: saved !== undefined }
}

/** 400 for thresholds in the wrong order. */
export async function saveGuardRules(ctx: Ctx, { rules }: { rules: GuardRules }) {
  if (rules.warnAt >= rules.blockAt) throw new AppError('invalid_input', '提醒的压力要比拦下的低')
  await ctx.sql.begin(async (tx) => {
    await writeRules(tx, rules, ctx.now())
    await record(tx, memberOf(ctx), { action: 'guard.saved', subject: 'guard', detail: { ...rules } })
  })
  return await getGuardRules(ctx)
}

const MOST = 50_000

/** Every promotion of 30 days is judged as it was sent, with what had reached that customer before it. */
export async function previewGuard(ctx: Ctx, { rules }: { rules: GuardRules }) {
  const now = ctx.now().getTime()
  const begin = now - 30 * DAY_MS
  const rows = await selectRecent(ctx.sql, new Date(begin - FORGOTTEN_DAYS * DAY_MS), MOST)
  const quiet = await quietNow(ctx)
  const found = { promotions: 0, allow: 0, warn: 0, block: 0 }
  const stopped = new Set<string>()
  const past = new Map<string, WeighedTouch[]>()
  for (const touch of merged(
    rows
      .toReversed()
      .map((row) => ({ ...row, at: new Date(row.ms), replyId: row.replyId && `${row.customerId} ${row.replyId}` })),
  )) {
    const before = past.get(touch.customerId) ?? []
    if (touch.kind !== 'service' && touch.ms >= begin) {
      const { verdict } = judge(touch.kind, { touches: before, rules, quiet, refused: false, now: touch.at })
      found.promotions += 1
      found[verdict] += 1
      if (verdict === 'block') stopped.add(touch.customerId)
    }
    past.set(touch.customerId, [...before.filter(({ at }) => touch.ms - at.getTime() < FORGOTTEN_DAYS * DAY_MS), touch])
  }
  return { ...found, customers: stopped.size, more: rows.length === MOST }
}
