import type { CommentId, CustomerId, NoteId } from '#shared/ids.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { AppError } from '#server/errors.ts'
import { insertComment, selectOwnReview } from './queries.ts'
import { tellReviewers } from './tell.ts'

interface Own {
  customerId: CustomerId
  noteId: NoteId
}
const noSuchNote = () => new AppError('not_found', '没有找到这条跟进')

/** What became of the caller's own note. */
export async function readNoteReview(ctx: Ctx, { customerId, noteId }: Own) {
  const review = await selectOwnReview(ctx.sql, customerId, memberOf(ctx), noteId)
  if (!review) throw noSuchNote()
  return { judged: review.judged, comments: review.comments, flags: review.flags }
}

/** The author's answer, told to whoever judged or spoke. Once for an id. */
export async function answerReview(
  ctx: Ctx,
  {
    customerId,
    noteId,
    comment: id,
    body,
    replyTo,
    mentions,
  }: Own & { comment: CommentId; body: string; replyTo: string | null; mentions: string[] },
) {
  const me = memberOf(ctx)
  return await ctx.sql.begin(async (tx) => {
    const review = await selectOwnReview(tx, customerId, me, noteId)
    if (!review) throw noSuchNote()
    const reviewers = new Set([review.judged?.by.userId, ...review.comments.map((comment) => comment.author.userId)])
    reviewers.delete(undefined)
    reviewers.delete(me)
    if (mentions.some((userId) => !reviewers.has(userId)))
      throw new AppError('invalid_input', '只能 @ 审过或评论过这条跟进的人')
    if (await insertComment(tx, { id, noteId, userId: me, replyTo, body, mentions }, ctx.now()))
      await tellReviewers(
        ctx,
        tx,
        { customerId, noteId, customerName: review.customerName },
        [...reviewers] as string[],
        body,
      )
    return { comments: (await selectOwnReview(tx, customerId, me, noteId))!.comments }
  })
}
