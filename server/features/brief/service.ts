import type * as contract from '#shared/brief.ts'
import type { Brief } from '#shared/brief.ts'
import type { Output } from '#shared/endpoint.ts'
import type { CustomerId } from '#shared/ids.ts'
import { DAY_MS } from '#shared/shop-time.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { noSuchCustomer } from '#server/errors.ts'
import type { Runner } from '#server/db/json.ts'
import { record } from '../audit/service.ts'
import { wordLines } from '../drafts/service.ts'
import { judgeFor } from '../guard/service.ts'
import { linesOf } from './lines.ts'
import { type BriefFacts, selectFacts, selectHandover, selectLedFacts, writeDismissal } from './queries.ts'

interface Wanted {
  customerId: CustomerId
}
interface Led extends Wanted {
  followerId: string
}

/** How long the home offers the brief of a customer who was handed over. */
const OFFERED_DAYS = 14

async function briefOf(ctx: Ctx, { customerId, followerId }: Led, facts: BriefFacts): Promise<Brief> {
  const now = ctx.now()
  const guard = await judgeFor(ctx, customerId, followerId)
  const { name, followerName } = facts
  return { customerId, name, followerName, lines: linesOf(facts, guard, customerId, now), readAt: now.toISOString() }
}

/** One customer of the caller's on one page. 404 for whoever is not theirs. */
export async function getBrief(ctx: Ctx, { customerId }: Wanted): Promise<Brief> {
  const followerId = memberOf(ctx)
  const facts = await selectFacts(ctx.sql, customerId, followerId)
  if (!facts) throw noSuchCustomer()
  return await briefOf(ctx, { customerId, followerId }, facts)
}

/** The same lines in a model's words, but those from what the caller keeps to themselves: they do not leave the house. */
export async function wordBrief(ctx: Ctx, { customerId }: Wanted): Promise<Output<typeof contract.wordBrief>> {
  const { lines } = await getBrief(ctx, { customerId })
  const open = lines.filter(({ secret }) => !secret).map(({ id, text }) => ({ id, text }))
  return { lines: (await wordLines(ctx, { customerId, lines: open })) ?? null }
}

async function ledFacts(ctx: Ctx, tx: Runner, wanted: Led, action: string): Promise<BriefFacts> {
  const me = memberOf(ctx)
  const facts = await selectLedFacts(tx, me, wanted)
  if (!facts) throw noSuchCustomer()
  const { customerId: subject, followerId } = wanted
  await record(tx, me, { action, subject, detail: { followerId, what: 'brief' } })
  return facts
}

/** Reading it is recorded in the same transaction, as reading the customer is. */
export async function getLedBrief(ctx: Ctx, wanted: Led): Promise<Brief> {
  const facts = await ctx.sql.begin((tx) => ledFacts(ctx, tx, wanted, 'customer.read_as_manager'))
  return await briefOf(ctx, wanted, facts)
}

export async function printBrief(ctx: Ctx, { customerId }: Wanted) {
  const me = memberOf(ctx)
  if (!(await selectFacts(ctx.sql, customerId, me))) throw noSuchCustomer()
  await record(ctx.sql, me, { action: 'brief.printed', subject: customerId })
  return printed(ctx)
}

export async function printLedBrief(ctx: Ctx, wanted: Led) {
  await ctx.sql.begin((tx) => ledFacts(ctx, tx, wanted, 'brief.printed'))
  return printed(ctx)
}

const printed = (ctx: Ctx) => ({
  by: ctx.actor.kind === 'member' ? ctx.actor.name : '',
  at: ctx.now().toISOString(),
})

export async function dismissBrief(ctx: Ctx, { customerId, dismissed }: Wanted & { dismissed: boolean }) {
  if (!(await writeDismissal(ctx.sql, { customerId, userId: memberOf(ctx), dismissed }, ctx.now())))
    throw noSuchCustomer()
  return { ok: true as const }
}

/** From whom the customer came to the caller in the last 14 days, until the caller puts the brief aside; undefined: from nobody. */
export const handoverOf = (ctx: Ctx, customerId: CustomerId) =>
  selectHandover(ctx.sql, customerId, memberOf(ctx), new Date(ctx.now().getTime() - OFFERED_DAYS * DAY_MS))
