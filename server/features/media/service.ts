import type { AssetId } from '#shared/ids.ts'
import { MOST_ASSET_BYTES, type ReplyPart } from '#shared/replies.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import type { Runner } from '#server/db/json.ts'
import { AppError } from '#server/errors.ts'
import { kindOf } from '#server/file-kind.ts'
import { perProcess, singleFlight } from '#server/per-process.ts'
import {
  type Asset,
  countSendable,
  giveToCompany,
  insertAsset,
  isOnLinkCard,
  lockAsset,
  saveUpload,
  selectAsset,
  selectUpload,
} from './queries.ts'

/** WeCom keeps an upload for three days; with less than twelve hours left it is made again. */
const REUSE_MS = 2.5 * 24 * 3_600_000

const memory = perProcess(() => ({ flights: new Map<string, Promise<string>>() }))

/** Of the company, or the caller's own. */
export async function readAsset(sql: Runner, assetId: AssetId, userId: string): Promise<Asset> {
  const asset = await selectAsset(sql, assetId, userId)
  if (!asset) throw noSuchAsset()
  return asset
}

/**
 * For whoever comes without a session: the picture of a link card is fetched by the customer's own client. Any other, and
 * one that does not exist, is none to them.
 */
export async function readShownPicture(sql: Runner, assetId: AssetId): Promise<Asset> {
  const asset = await selectAsset(sql, assetId, null)
  if (!asset?.mime.startsWith('image/') || !(await isOnLinkCard(sql, assetId))) throw noSuchAsset()
  return asset
}

/** 404 for a colleague's upload and for none, without reading what may be ten megabytes. */
async function checkSendable(ctx: Ctx, assetId: AssetId): Promise<void> {
  if (!(await maySend(ctx.sql, memberOf(ctx), [assetId]))) throw noSuchAsset()
}

/** Whether all of these, each named once, are the company's or this member's own. */
export const maySend = async (sql: Runner, userId: string, assetIds: string[]): Promise<boolean> =>
  (await countSendable(sql, userId, assetIds)) === assetIds.length

/** A company reply carries these from now on: its senders may send them. */
export const shareAssets = giveToCompany

const noSuchAsset = () => new AppError('not_found', '没有找到这个文件')

/** Stores what a member wants to send along. What it is, its first bytes say. Once for an id. */
export async function uploadAsset(
  ctx: Ctx,
  upload: { asset: AssetId; name: string; width: number; height: number; content: string },
): Promise<{ part: ReplyPart }> {
  const { asset: assetId, name, width, height } = upload
  const bytes = Buffer.from(upload.content, 'base64')
  if (bytes.length > MOST_ASSET_BYTES)
    throw new AppError('too_large', `文件超过 ${MOST_ASSET_BYTES / 1_000_000} MB，企业微信不接受`)
  const type = await kindOf(bytes)
  if (!type || type.mime === 'image/gif' || type.mime === 'image/webp')
    throw new AppError('invalid_input', '只能传 JPG、PNG 图片，MP4 视频，PDF 和 Office 文档')
  const userId = memberOf(ctx)
  await insertAsset(ctx.sql, { id: assetId, userId, name, mime: type.mime, width, height, base64: upload.content })
  await checkSendable(ctx, assetId)
  if (type.kind === 'image') return { part: { type: 'image', assetId, name, width, height } }
  return { part: { type: type.kind, assetId, name, size: bytes.length } }
}

/** Uploads ahead of a tap, two at a time; what fails is left for the tap. */
export async function warmMedia(ctx: Ctx, { assets }: { assets: AssetId[] }): Promise<{ ready: number }> {
  let ready = 0
  const left = [...new Set(assets)]
  const one = async () => {
    for (let assetId = left.pop(); assetId !== undefined; assetId = left.pop()) {
      await prepareMedia(ctx, { assetId }).then(
        () => ready++,
        (err: unknown) => ctx.log.info({ err: String(err) }, 'not uploaded ahead'),
      )
    }
  }
  await Promise.all([one(), one()])
  return { ready }
}

/** A media id good for twelve hours more. However many members send a file at once, it is uploaded once. */
export async function prepareMedia(ctx: Ctx, { assetId }: { assetId: AssetId }): Promise<{ mediaId: string }> {
  await checkSendable(ctx, assetId)
  const known = await recentUpload(ctx, ctx.sql, assetId)
  if (known !== undefined) return { mediaId: known }
  return { mediaId: await singleFlight(memory(ctx).flights, assetId, () => upload(ctx, assetId)) }
}

const recentUpload = (ctx: Ctx, sql: Runner, assetId: AssetId) =>
  selectUpload(sql, assetId, new Date(ctx.now().getTime() - REUSE_MS))

/** Other processes wait at the lock and then find the upload. A refused upload leaves nothing behind. */
async function upload(ctx: Ctx, assetId: AssetId): Promise<string> {
  return ctx.sql.begin(async (sql) => {
    await lockAsset(sql, assetId)
    const made = await recentUpload(ctx, sql, assetId)
    if (made !== undefined) return made
    const { content, name, mime } = await readAsset(sql, assetId, memberOf(ctx))
    const sent = await ctx.wecom.uploadMedia({ bytes: content, name, mime })
    await saveUpload(sql, assetId, sent)
    return sent.mediaId
  })
}
