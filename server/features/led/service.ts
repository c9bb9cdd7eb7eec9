import type { BookFilters } from '#shared/book.ts'
import type { LedCustomer } from '#shared/led.ts'
import type { CustomerId } from '#shared/ids.ts'
import type { TimelineFilter } from '#shared/timeline.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { cutPage, readCursor, writeCursor } from '#server/db/cursor.ts'
import { noSuchCustomer } from '#server/errors.ts'
import { record } from '../audit/service.ts'
import { readTimelineOf } from '../timeline/service.ts'
import { countTies, isLed, selectLedCustomer, selectTies } from './queries.ts'

const PAGE = 50
const TIE = /^[\x21-\x7e]{1,64} .{1,64}$/

/** The ties of everybody the caller leads now. The count is made with the first page only. */
export async function listLedCustomers(
  ctx: Ctx,
  { cursor, follower, ...filters }: BookFilters & { cursor?: string | undefined; follower?: string | undefined },
) {
  const after = cursor === undefined ? null : readCursor(cursor, TIE)
  const wanted = { me: memberOf(ctx), filters, follower: follower || null, now: ctx.now() }
  const [found, total] = await Promise.all([
    selectTies(ctx.sql, wanted, after, PAGE + 1),
    after === null ? countTies(ctx.sql, wanted) : null,
  ])
  const { rows: ties, nextCursor } = cutPage(found, PAGE, ({ place, customerId, followerId }) =>
    writeCursor({ at: place, id: `${customerId} ${followerId}` }),
  )
  return { ties, nextCursor, total }
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

/** As the follower tells it, without what they keep to themselves. */
export async function readLedTimeline(
  ctx: Ctx,
  {
    customerId,
    followerId,
    ...wanted
  }: {
    customerId: CustomerId
    followerId: string
    filter?: TimelineFilter | undefined
    cursor?: string | undefined
  },
) {
  if (!(await isLed(ctx.sql, memberOf(ctx), { customerId, followerId }))) throw noSuchCustomer()
  return await readTimelineOf(ctx, { customerId, userId: followerId, ...wanted })
}
