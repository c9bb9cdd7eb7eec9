import type { Hono } from 'hono'
import { AssetId } from '#shared/ids.ts'
import type { Deps } from '../context.ts'
import { AppError } from '../errors.ts'
import { readAsset, readShownPicture } from '../features/media/service.ts'
import type { Env } from './mount.ts'
import type { Sessions } from './session.ts'

/**
 * `GET /media/:assetId`: a picture or file of the reply library, for signed-in members, and the pictures of link cards for the customers who
 * were sent them. The bytes never change, so they are kept for a year.
 */
export function media(app: Hono<Env>, deps: Deps, sessions: Pick<Sessions, 'identify'>): void {
  app.get('/media/:assetId', async (c) => {
    const actor = await sessions.identify(c)
    const assetId = AssetId.safeParse(c.req.param('assetId'))
    if (!assetId.success) throw new AppError('not_found', '没有找到这个文件')
    const picture = await (actor.kind === 'member'
      ? readAsset(deps.sql, assetId.data, actor.userId)
      : readShownPicture(deps.sql, assetId.data))
    const etag = `"${assetId.data}"`
    c.header('etag', etag)
    c.header('cache-control', 'private, max-age=31536000, immutable')
    c.header('x-content-type-options', 'nosniff')
    if (c.req.header('if-none-match') === etag) return c.body(null, 304)
    if (!/^(image|video)\//.test(picture.mime))
      c.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(picture.name)}`)
    return c.body(new Uint8Array(picture.content), 200, { 'content-type': picture.mime })
  })
}
