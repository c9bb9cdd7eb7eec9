import type { CustomerId } from '#shared/ids.ts'
import type { Taste } from '#shared/tastes.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { noSuchCustomer } from '#server/errors.ts'
import { type KnownOf, selectHistory, writeDenial } from './queries.ts'
import { readTastes } from './read.ts'

export { type KnownOf, type KnownOrder, writeTastes } from './queries.ts'
export { readTastes } from './read.ts'

/** What was bought and said, once for all parts of the aside. 404 for a customer who is not the caller's. */
export async function historyOf(ctx: Ctx, customerId: CustomerId): Promise<KnownOf> {
  const known = await selectHistory(ctx.sql, customerId, memberOf(ctx))
  if (!known) throw noSuchCustomer()
  return known
}

export const tastesOf = ({ orders, notes, denied }: KnownOf): Taste[] =>
  readTastes(
    orders.flatMap(({ id, at, items }) => items.map((item) => ({ orderId: id, at, ...item }))),
    notes,
    new Set(denied),
  )

export async function denyTaste(
  ctx: Ctx,
  { customerId, word, denied }: { customerId: CustomerId; word: string; denied: boolean },
) {
  if (!(await writeDenial(ctx.sql, { customerId, userId: memberOf(ctx), word, denied }, ctx.now())))
    throw noSuchCustomer()
  return { ok: true as const }
}
