import type { CustomerId, FileId } from '#shared/ids.ts'
import { MOST_FILE_BYTES, type NoteFile } from '#shared/notes.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { AppError, noSuchCustomer } from '#server/errors.ts'
import { kindOf } from '#server/file-kind.ts'
import { deleteLoose, insertFile, selectContent, selectKit, selectOwnFile } from './queries.ts'

/** Stores an upload for a note that is being written. What it is, its first bytes say, whatever it is called. Once for an id. */
export async function uploadFile(
  ctx: Ctx,
  { customerId, file, name, content }: { customerId: CustomerId; file: FileId; name: string; content: string },
): Promise<NoteFile> {
  const tie = { customerId, userId: memberOf(ctx) }
  const bytes = Buffer.from(content, 'base64')
  if (bytes.length > MOST_FILE_BYTES)
    throw new AppError('too_large', `文件超过 ${MOST_FILE_BYTES / 1_000_000} MB，请压缩后再传`)
  const type = await kindOf(bytes)
  if (!type || type.kind === 'video') {
    throw new AppError('invalid_input', '只能传图片（PNG、JPG、GIF、WebP）、PDF 和 Office 文档')
  }
  await insertFile(ctx.sql, tie, { id: file, name, mime: type.mime, size: bytes.length, base64: content }, ctx.now())
  const stored = await selectOwnFile(ctx.sql, tie, file)
  if (stored) return stored
  if (!(await selectKit(ctx.sql, customerId, tie.userId))) throw noSuchCustomer()
  throw new AppError('conflict', '这个文件编号已经用过了，请重新上传')
}

/** 404 for a file of a note the caller may not read, and for one that does not exist. */
export async function readFile(ctx: Ctx, { customerId, fileId }: { customerId: string; fileId: string }) {
  const file = await selectContent(ctx.sql, { customerId, userId: memberOf(ctx) }, fileId)
  if (!file) throw new AppError('not_found', '没有找到这个文件')
  return file
}

export const cleanFiles = (ctx: Ctx): Promise<void> => deleteLoose(ctx.sql, ctx.now())
