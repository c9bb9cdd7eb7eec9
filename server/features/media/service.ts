import type { AssetId } from '#shared/ids.ts'
import type { Ctx } from '#server/context.ts'
import type { Runner } from '#server/db/json.ts'
import { AppError } from '#server/errors.ts'
import { perProcess, singleFlight } from '#server/per-process.ts'
import { isOnLinkCard, lockPicture, type Picture, saveUpload, selectPicture, selectUpload } from './queries.ts'

/** WeCom keeps an upload for three days; with less than twelve hours left it is made again. */
const REUSE_MS = 2.5 * 24 * 3_600_000

const memory = perProcess(() => ({ flights: new Map<string, Promise<string>>() }))

export async function readPicture(sql: Runner, assetId: AssetId): Promise<Picture> {
  const picture = await selectPicture(sql, assetId)
  if (!picture) throw noSuchPicture()
  return picture
}

/**
 * For whoever comes without a session: the picture of a link card is fetched by the customer's own client. Any other picture, and
 * one that does not exist, is none to them.
 */
export async function readShownPicture(sql: Runner, assetId: AssetId): Promise<Picture> {
  const picture = await readPicture(sql, assetId)
  if (!(await isOnLinkCard(sql, assetId))) throw noSuchPicture()
  return picture
}

const noSuchPicture = () => new AppError('not_found', '没有找到这张图片')

/** A media id good for twelve hours more. However many members send a picture at once, it is uploaded once. */
export async function prepareImage(ctx: Ctx, { assetId }: { assetId: AssetId }): Promise<{ mediaId: string }> {
  const known = await recentUpload(ctx, ctx.sql, assetId)
  if (known !== undefined) return { mediaId: known }
  return { mediaId: await singleFlight(memory(ctx).flights, assetId, () => upload(ctx, assetId)) }
}

const recentUpload = (ctx: Ctx, sql: Runner, assetId: AssetId) =>
  selectUpload(sql, assetId, new Date(ctx.now().getTime() - REUSE_MS))

/** Other processes wait at the lock and then find the upload. A refused upload leaves nothing behind. */
async function upload(ctx: Ctx, assetId: AssetId): Promise<string> {
  return ctx.sql.begin(async (sql) => {
    await lockPicture(sql, assetId)
    const made = await recentUpload(ctx, sql, assetId)
    if (made !== undefined) return made
    const { content, name, mime } = await readPicture(sql, assetId)
    const sent = await ctx.wecom.uploadImage({ bytes: content, name, mime })
    await saveUpload(sql, assetId, sent)
    return sent.mediaId
  })
}
