import type { LedCustomer } from '#shared/led.ts'
import type { CustomerId } from '#shared/ids.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { cutPage, readCursor, writeCursor } from '#server/db/cursor.ts'
import { noSuchCustomer } from '#server/errors.ts'
import { record } from '../audit/service.ts'
import { selectLedCustomer, selectTies } from './queries.ts'

const PAGE = 50
const TIE = /^[\x21-\x7e]{1,64} .{1,64}$/

interface Filters {
  cursor?: string | undefined
  search?: string | undefined
  follower?: string | undefined
}

/** The ties of everybody the caller leads now. */
export async function listLedCustomers(ctx: Ctx, { cursor, search, follower }: Filters) {
  const after = cursor === undefined ? null : readCursor(cursor, TIE)
  const wanted = { after, search: search?.trim() || null, follower: follower || null, limit: PAGE + 1 }
  const found = await selectTies(ctx.sql, memberOf(ctx), wanted)
  const { rows: ties, nextCursor } = cutPage(found, PAGE, (last) =>
    writeCursor({ at: last.addedAt, id: `${last.customerId} ${last.followerId}` }),
  )
  return { ties, nextCursor }
}

/** Reading what one of the caller's people wrote about a customer is recorded in the same transaction. */
export async function readLedCustomer(
  ctx: Ctx,
  tie: { customerId: CustomerId; followerId: string },
): Promise<LedCustomer> {
  const me = memberOf(ctx)
  return await ctx.sql.begin(async (tx) => {
    const customer = await selectLedCustomer(tx, me, tie)
    if (!customer) throw noSuchCustomer()
    const entry = {
      action: 'customer.read_as_manager',
      subject: tie.customerId,
      detail: { followerId: tie.followerId },
    }
    await record(tx, me, entry)
    return customer
  })
}
