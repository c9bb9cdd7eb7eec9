import type { ReplyId } from '#shared/ids.ts'
import type { Reply, ReplyFolder, ReplyPart } from '#shared/replies.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { AppError } from '#server/errors.ts'
import { maySend } from '../media/service.ts'
import { allReadings } from '#server/pinyin.ts'
import {
  copyVisible,
  deleteOwnReply,
  insertReply,
  moveOwn,
  selectFolders,
  selectLibrary,
  updateOwnReply,
  writeFavourite,
} from './queries.ts'

export { selectVisible as repliesByIds, topRepliesJson, visibleTo } from './queries.ts'

interface Draft {
  title: string
  parts: ReplyPart[]
}
interface Wanted {
  replyId: ReplyId
}

/** Everything the caller may send: the company's that are meant for them and valid today, and their own, own first. */
export async function listReplies(ctx: Ctx): Promise<{ folders: ReplyFolder[]; replies: Reply[] }> {
  const userId = memberOf(ctx)
  const [folders, replies] = await Promise.all([selectFolders(ctx.sql), selectLibrary(ctx.sql, userId)])
  return { folders, replies }
}

/** A personal reply, searchable at once by pinyin and initials. */
export async function createReply(ctx: Ctx, draft: Draft): Promise<Reply> {
  await checkAssets(ctx, draft.parts)
  return await insertReply(ctx.sql, memberOf(ctx), { ...draft, ...allReadings(draft.title) }, ctx.now())
}

/** 404 for a colleague's reply, a company reply and a missing one alike. */
export async function updateReply(ctx: Ctx, { replyId, ...draft }: Draft & Wanted): Promise<Reply> {
  await checkAssets(ctx, draft.parts)
  const words = { ...draft, ...allReadings(draft.title) }
  const changed = await updateOwnReply(ctx.sql, memberOf(ctx), replyId, words, ctx.now())
  if (!changed) throw noSuchOwn()
  return changed
}

/** What is sent along must be the company's or the caller's own upload. */
async function checkAssets(ctx: Ctx, parts: ReplyPart[]): Promise<void> {
  const ids = [...new Set(parts.flatMap((part) => ('assetId' in part ? [part.assetId] : [])))]
  if (ids.length > 0 && !(await maySend(ctx.sql, memberOf(ctx), ids)))
    throw new AppError('invalid_input', '有图片或文件找不到了，请重新添加')
}

/** 404 for what the caller does not see. */
export async function copyReply(ctx: Ctx, { replyId }: Wanted): Promise<Reply> {
  const copy = await copyVisible(ctx.sql, memberOf(ctx), replyId, ctx.now())
  if (!copy) throw noSuchReply()
  return copy
}

export async function moveReply(ctx: Ctx, { replyId, to }: Wanted & { to: number }): Promise<{ order: ReplyId[] }> {
  const order = await moveOwn(ctx.sql, memberOf(ctx), replyId, to)
  if (order.length === 0) throw noSuchOwn()
  return { order }
}

export async function setFavourite(
  ctx: Ctx,
  { replyId, favourite }: Wanted & { favourite: boolean },
): Promise<{ ok: true }> {
  if (!(await writeFavourite(ctx.sql, memberOf(ctx), replyId, favourite))) throw noSuchReply()
  return { ok: true }
}

export async function deleteReply(ctx: Ctx, { replyId }: Wanted): Promise<{ ok: true }> {
  if (!(await deleteOwnReply(ctx.sql, memberOf(ctx), replyId))) throw noSuchOwn()
  return { ok: true }
}

const noSuchReply = () => new AppError('not_found', '没有找到这条话术，可能已经下架')
const noSuchOwn = () => new AppError('not_found', '没有找到这条话术，或它不是你自己的')
