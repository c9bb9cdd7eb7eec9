import type { CustomerId, TagId } from '#shared/ids.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { cutPage, readCursor, writeCursor } from '#server/db/cursor.ts'
import { noSuchCustomer } from '#server/errors.ts'
import { corpGroups, markOn } from '../tags/service.ts'
import { selectCounter, selectStoreCustomer, selectStoreCustomers, selectTieOwner } from './queries.ts'

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

/** What the counter offers to tap. */
export async function listStoreTags(ctx: Ctx) {
  const [groups, counter] = await Promise.all([corpGroups(ctx), selectCounter(ctx.sql, memberOf(ctx), ctx.now())])
  return { groups, ...counter }
}

/** 404 for a customer nobody of the caller's store follows. */
export async function markStoreTags(ctx: Ctx, wanted: { customerId: CustomerId; add: TagId[]; remove: TagId[] }) {
  const me = memberOf(ctx)
  const owner = await selectTieOwner(ctx.sql, me, wanted.customerId)
  if (owner === undefined) throw noSuchCustomer()
  const { tags, waiting } = await markOn(ctx, owner, wanted, { kind: 'counter', by: me })
  // Personal tags are their follower's own.
  return { tags: tags.filter((tag) => tag.id !== null), waiting }
}
