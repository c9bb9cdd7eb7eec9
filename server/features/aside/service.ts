import type { Aside } from '#shared/aside.ts'
import type { CustomerId } from '#shared/ids.ts'
import type { Ctx } from '#server/context.ts'
import { judgeNow } from '../guard/service.ts'

/** All parts of the aside in one answer. 404 for a customer the caller does not follow: each part asks for itself. */
export async function getAside(ctx: Ctx, { customerId }: { customerId: CustomerId }): Promise<Aside> {
  const guard = await judgeNow(ctx, { customerId })
  return { ...(guard.verdict !== 'allow' && { guard }) }
}
