import type { Aside } from '#shared/aside.ts'
import type { CustomerId } from '#shared/ids.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { noSuchCustomer } from '#server/errors.ts'
import { isFollowed } from './queries.ts'

/** All parts of the aside in one answer. 404 for a customer the caller does not follow. */
export async function getAside(ctx: Ctx, { customerId }: { customerId: CustomerId }): Promise<Aside> {
  if (!(await isFollowed(ctx.sql, customerId, memberOf(ctx)))) throw noSuchCustomer()
  return {}
}
