import type { ReviewItem, Verdict } from '#shared/review.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import type { Runner } from '#server/db/json.ts'
import { insertWrite } from '../outbox/service.ts'

const DONE: Record<Verdict, string> = {
  passed: '通过了一条跟进，留了言',
  returned: '退回了一条跟进，请修改',
  escalated: '把一条跟进转给了合规，留了言',
}
const nameOf = (ctx: Ctx): string => (ctx.actor.kind === 'member' ? ctx.actor.name : '')
const sidebarOf = (customerId: string, noteId: string): string => `/sidebar?customer=${customerId}&note=${noteId}`
const deskOf = (noteId: string): string => `/desk#/review/${noteId}`

/** A card that opens this note in the sidebar. Not sent when the verdict is taken back first. */
export async function tellAuthor(
  ctx: Ctx,
  tx: Runner,
  item: ReviewItem,
  verdict: Verdict | null,
  comment: string | null,
  reviewId: string | null,
): Promise<void> {
  const card = {
    kind: 'message' as const,
    to: item.author.userId,
    title: `${nameOf(ctx)} ${verdict === null ? '评论了你的跟进' : DONE[verdict]}`,
    small: item.customerName,
    strong: (comment ?? item.body).slice(0, 120),
    path: sidebarOf(item.customerId, item.noteId),
    ...(reviewId !== null && { reviewId }),
  }
  await insertWrite(tx, { customerId: item.customerId, userId: memberOf(ctx) }, card, ctx.now())
}

/** Other managers who were called to it open it at the desk. The author is told anyway. Not sent when the verdict it came with is taken back first. */
export async function tellMentioned(
  ctx: Ctx,
  tx: Runner,
  item: ReviewItem,
  { body, mentions }: { body: string; mentions: string[] },
  reviewId: string | null,
): Promise<void> {
  await tellManagers(ctx, tx, item, mentions, '在审阅里提到了你', body, reviewId)
}

/** Whoever else leads the author: a matter of the rules is not one manager's alone. */
export const tellEscalated = (
  ctx: Ctx,
  tx: Runner,
  item: ReviewItem,
  leaders: string[],
  comment: string | null,
  reviewId: string,
): Promise<void> => tellManagers(ctx, tx, item, leaders, '把一条跟进转合规', comment ?? item.body, reviewId)

async function tellManagers(
  ctx: Ctx,
  tx: Runner,
  item: ReviewItem,
  managers: string[],
  did: string,
  words: string,
  reviewId: string | null,
): Promise<void> {
  for (const to of new Set(managers.filter((userId) => userId !== item.author.userId))) {
    const card = {
      kind: 'message' as const,
      to,
      title: `${nameOf(ctx)} ${did}`,
      small: `${item.author.name} → ${item.customerName}`,
      strong: words.slice(0, 120),
      path: deskOf(item.noteId),
      ...(reviewId !== null && { reviewId }),
    }
    await insertWrite(tx, { customerId: item.customerId, userId: memberOf(ctx) }, card, ctx.now())
  }
}

export async function tellReviewers(
  ctx: Ctx,
  tx: Runner,
  note: { customerId: string; noteId: string; customerName: string },
  reviewers: string[],
  body: string,
): Promise<void> {
  for (const to of reviewers) {
    const card = {
      kind: 'message' as const,
      to,
      title: `${nameOf(ctx)} 回复了审阅`,
      small: note.customerName,
      strong: body.slice(0, 120),
      path: deskOf(note.noteId),
    }
    await insertWrite(tx, { customerId: note.customerId, userId: memberOf(ctx) }, card, ctx.now())
  }
}
