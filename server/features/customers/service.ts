import type { CustomerId } from '#shared/ids.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { noSuchCustomer } from '#server/errors.ts'
import { learnTags } from '../tags/service.ts'
import { layCard } from './desk.ts'
import { askWecom, guardLookup, noteMiss } from './lookups.ts'
import { endFollow, type FollowKey, selectCard, selectFollow } from './queries.ts'
import { storeCustomer } from './store.ts'

export { contactJson, followJson } from './json.ts'

interface Wanted {
  customerId: CustomerId
}

/**
 * The card as JSON text, from our copy whatever WeCom is doing. A customer we do not know is fetched, stored and shown at
 * once. 404 alike when there is none and when somebody else follows them.
 */
export async function openCard(ctx: Ctx, { customerId }: Wanted): Promise<string> {
  const key = { customerId, userId: memberOf(ctx) }
  const known = await selectCard(ctx.hot, key, ctx.now())
  if (known) return (await layCard(ctx, key.userId, known)).json
  guardLookup(ctx, key)
  return fetchCard(ctx, key, null)
}

/** For an open card to see whether it is still what it was. */
export async function readVersion(ctx: Ctx, { customerId }: Wanted): Promise<{ version: string }> {
  const key = { customerId, userId: memberOf(ctx) }
  const known = await selectCard(ctx.hot, key, ctx.now())
  if (!known) throw noSuchCustomer()
  return { version: (await layCard(ctx, key.userId, known)).version }
}

/** Asks WeCom again and answers the new card. Ends the follow, and answers 404, where WeCom no longer has it. */
export async function refreshCustomer(ctx: Ctx, { customerId }: Wanted): Promise<string> {
  const key = { customerId, userId: memberOf(ctx) }
  const follow = await selectFollow(ctx.sql, key)
  if (!follow) guardLookup(ctx, key)
  return fetchCard(ctx, key, follow?.version ?? null)
}

/** `seen`: the version of the follow before WeCom was asked, null when there was none. */
async function fetchCard(ctx: Ctx, key: FollowKey, seen: string | null): Promise<string> {
  const customer = await askWecom(ctx, key.customerId)
  const own = customer?.follows.find((f) => f.userId.toLowerCase() === key.userId.toLowerCase())
  if (!customer || !own) {
    if (seen !== null) await endFollow(ctx.sql, key, ctx.now())
    noteMiss(ctx, key)
    throw noSuchCustomer()
  }
  const knownTags = await learnTags(
    ctx,
    own.tags.map((tag) => tag.id),
  )
  const stored = await storeCustomer(ctx.sql, { customer, own, knownTags }, key, seen, ctx.now())
  const card = stored ?? (await selectCard(ctx.hot, key, ctx.now()))
  if (!card) throw noSuchCustomer()
  return (await layCard(ctx, key.userId, card)).json
}
