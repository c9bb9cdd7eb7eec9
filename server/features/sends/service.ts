import type { TouchKind } from '#shared/guard.ts'
import { promotionIn } from '#shared/touch-kind.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { AppError, noSuchCustomer } from '#server/errors.ts'
import { findSend, insertSend, selectSent, type Send } from './queries.ts'

/**
 * Stores what became of one part. The same key again changes nothing and answers the same; a key that named another attempt
 * is a conflict. What sells weighs as a promotion for the contact guard, unless it answers the customer. 404 for a customer the caller does not follow and for a reply they may not send.
 */
export async function recordSend(
  ctx: Ctx,
  {
    answering,
    promoting,
    ...sent
  }: Omit<Send, 'userId' | 'kind'> & { answering?: boolean | undefined; promoting?: boolean | undefined },
): Promise<{ sentAt: string }> {
  const sells = promoting === true || promotionIn(sent.content) !== null
  const kind: TouchKind = !answering && sells ? 'promotion' : 'service'
  const send = { ...sent, kind, userId: memberOf(ctx) }
  const sentAt = await insertSend(ctx.sql, send, ctx.now())
  if (sentAt !== undefined) return { sentAt }
  const found = await findSend(ctx.sql, send)
  if (!found.followed) throw noSuchCustomer()
  if (found.sentAt !== null) return { sentAt: found.sentAt }
  if (found.taken) throw new AppError('conflict', '这次发送已经记录过了，请重新发送')
  throw new AppError('not_found', '没有找到这条话术')
}

/** What this customer already got from the caller, by reply. */
export async function listSent(ctx: Ctx, { customerId }: { customerId: string }) {
  const sent = await selectSent(ctx.sql, customerId, memberOf(ctx))
  if (!sent) throw noSuchCustomer()
  return { sent }
}
