import type { Aside } from '#shared/aside.ts'
import type { CustomerId } from '#shared/ids.ts'
import type { Ctx } from '#server/context.ts'
import { handoverOf } from '../brief/service.ts'
import { judgeNow } from '../guard/service.ts'
import { nextOf } from '../next/service.ts'
import { historyOf, tastesOf } from '../preferences/service.ts'
import { productOf } from '../products/service.ts'
import { segmentsOf } from '../rfm/service.ts'
import { repurchaseOf, standingOf } from '../repurchase/service.ts'

/** All parts of the aside in one answer. 404 for a customer the caller does not follow: each part asks for itself. */
export async function getAside(ctx: Ctx, { customerId }: { customerId: CustomerId }): Promise<Aside> {
  const [guard, history] = await Promise.all([judgeNow(ctx, { customerId }), historyOf(ctx, customerId)])
  const [repurchase, product, segments, handover] = await Promise.all([
    repurchaseOf(ctx, history),
    productOf(ctx, history),
    segmentsOf(ctx, customerId),
    handoverOf(ctx, customerId),
  ])
  const next = await nextOf(ctx, customerId, { guard, repurchase, handed: handover !== undefined })
  const standing = standingOf(ctx, history)
  const tastes = tastesOf(history)
  return {
    ...(guard.verdict !== 'allow' && { guard }),
    ...(repurchase.length > 0 && { repurchase }),
    ...(standing && { standing }),
    ...(product && { product }),
    ...(tastes.length > 0 && { tastes }),
    ...(segments && { segments }),
    ...(next && { next }),
    ...(handover && { handover }),
  }
}
