import type { CustomerId } from '#shared/ids.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { cutPage, readCursor, writeCursor } from '#server/db/cursor.ts'
import { noSuchCustomer } from '#server/errors.ts'
import { selectStoreCustomer, selectStoreCustomers } from './queries.ts'

const PAGE = 50
const CUSTOMER = /^[\x21-\x7e]{1,64}$/

/** Everybody the caller's store follows, for the counter. */
export async function listStoreCustomers(
  ctx: Ctx,
  { cursor, untagged }: { cursor?: string | undefined; untagged?: 'true' | undefined },
) {
  const after = cursor === undefined ? null : readCursor(cursor, CUSTOMER)
  const wanted = { after, untagged: untagged !== undefined, limit: PAGE + 1 }
  const found = await selectStoreCustomers(ctx.sql, memberOf(ctx), wanted)
  const { rows: customers, nextCursor } = cutPage(found, PAGE, ({ addedAt, customer }) =>
    writeCursor({ at: addedAt, id: customer.id }),
  )
  return { customers, nextCursor }
}

export async function readStoreCustomer(ctx: Ctx, { customerId }: { customerId: CustomerId }) {
  const customer = await selectStoreCustomer(ctx.sql, memberOf(ctx), customerId)
  if (!customer) throw noSuchCustomer()
  return customer
}
