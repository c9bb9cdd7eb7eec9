import type { ReplyId } from '#shared/ids.ts'
import type { Reply, ReplyFolder } from '#shared/replies.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { AppError } from '#server/errors.ts'
import { readings } from '#server/pinyin.ts'
import { deleteOwnReply, insertReply, type ReplyText, selectFolders, selectLibrary, updateOwnReply } from './queries.ts'

export { topRepliesJson } from './queries.ts'

interface Draft {
  title: string
  text: string
}

/** Everything the caller may send: the company's replies and their own, own first. */
export async function listReplies(ctx: Ctx): Promise<{ folders: ReplyFolder[]; replies: Reply[] }> {
  const userId = memberOf(ctx)
  const [folders, replies] = await Promise.all([selectFolders(ctx.sql), selectLibrary(ctx.sql, userId)])
  return { folders, replies }
}

/** A personal reply of one text, searchable at once by pinyin and initials. */
export function createReply(ctx: Ctx, draft: Draft): Promise<Reply> {
  return insertReply(ctx.sql, memberOf(ctx), textOf(draft), ctx.now())
}

/** 404 for a colleague's reply, a company reply and a missing one alike. */
export async function updateReply(ctx: Ctx, { replyId, ...draft }: Draft & { replyId: ReplyId }): Promise<Reply> {
  const changed = await updateOwnReply(ctx.sql, memberOf(ctx), replyId, textOf(draft), ctx.now())
  if (!changed) throw noSuchReply()
  return changed
}

export async function deleteReply(ctx: Ctx, { replyId }: { replyId: ReplyId }): Promise<{ ok: true }> {
  if (!(await deleteOwnReply(ctx.sql, memberOf(ctx), replyId))) throw noSuchReply()
  return { ok: true }
}

const textOf = ({ title, text }: Draft): ReplyText => ({ title, ...readings(title), part: { type: 'text', text } })

const noSuchReply = () => new AppError('not_found', '没有找到这条话术，或它不是你自己的')
