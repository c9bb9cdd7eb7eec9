import type { CustomerId } from '#shared/ids.ts'
import type { Order } from '#shared/orders.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { noSuchCustomer } from '#server/errors.ts'
import { cutPage, readCursor, writeCursor } from '#server/db/cursor.ts'
import { record } from '../audit/service.ts'
import { unlink } from './import/match.ts'
import { isFollowed, selectOrders } from './queries.ts'

export { ImportError } from './import/mapping.ts'
export { decide, matchBuyers, selectConflicts, selectRates } from './import/match.ts'
export { kindOf, openRecords } from './import/records.ts'
export { checkOrders, importOrders, type ImportOptions } from './import/run.ts'
export { storeOrders } from './import/store.ts'
export { undoImport } from './import/undo.ts'
export { newestOrdersJson, summaryJson } from './queries.ts'

const PAGE_SIZE = 20
const ORDER_ID = /^\d{1,18}$/
const ZONE = 'Asia/Shanghai'

interface Wanted {
  customerId: CustomerId
  cursor?: string | undefined
  year?: number | undefined
  product?: string | undefined
}

/** One page of a followed customer's orders, newest first. `year` is a calendar year in China; `product` matches names and SKUs. */
export async function listOrders(ctx: Ctx, wanted: Wanted) {
  const scope = { customerId: wanted.customerId, userId: memberOf(ctx) }
  const after = wanted.cursor === undefined ? null : readCursor(wanted.cursor, ORDER_ID)
  const found = await selectOrders(ctx.sql, {
    ...scope,
    ...yearRange(wanted.year),
    after,
    product: wanted.product || null,
    limit: PAGE_SIZE + 1,
    zone: ZONE,
  })
  if (!found) throw noSuchCustomer()
  const { rows: orders, nextCursor } = cutPage(found.orders, PAGE_SIZE, placeOf)
  return { orders, nextCursor, years: found.years }
}

function yearRange(year: number | undefined): { from: string | null; until: string | null } {
  if (year === undefined) return { from: null, until: null }
  const first = Math.trunc(year)
  return { from: `${first}-01-01T00:00:00+08:00`, until: `${first + 1}-01-01T00:00:00+08:00` }
}

const placeOf = ({ orderedAt, id }: Order): string => writeCursor({ at: orderedAt, id })

/** Twice is once. */
export async function disownOrders(ctx: Ctx, { customerId }: { customerId: CustomerId }) {
  const me = memberOf(ctx)
  return await ctx.sql.begin(async (tx) => {
    if (!(await isFollowed(tx, customerId, me))) throw noSuchCustomer()
    if (await unlink(tx, customerId, ctx.now())) await record(tx, me, { action: 'buyer.disowned', subject: customerId })
    return { ok: true as const }
  })
}
