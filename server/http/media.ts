import type { Hono } from 'hono'
import { AssetId } from '#shared/ids.ts'
import type { Deps } from '../context.ts'
import { AppError } from '../errors.ts'
import { readPicture } from '../features/media/service.ts'
import type { Env } from './mount.ts'
import type { Sessions } from './session.ts'

/** `GET /media/:assetId`: a picture of the reply library, for signed-in members. Its bytes never change, so it is kept for a year. */
export function media(app: Hono<Env>, deps: Deps, sessions: Pick<Sessions, 'identify'>): void {
  app.get('/media/:assetId', async (c) => {
    const actor = await sessions.identify(c)
    if (actor.kind !== 'member') throw new AppError('unauthenticated', '登录已过期，请重新打开侧边栏')
    const assetId = AssetId.safeParse(c.req.param('assetId'))
    if (!assetId.success) throw new AppError('not_found', '没有找到这张图片')
    const picture = await readPicture(deps.sql, assetId.data)
    const etag = `"${assetId.data}"`
    c.header('etag', etag)
    c.header('cache-control', 'private, max-age=31536000, immutable')
    c.header('x-content-type-options', 'nosniff')
    if (c.req.header('if-none-match') === etag) return c.body(null, 304)
    return c.body(new Uint8Array(picture.content), 200, { 'content-type': picture.mime })
  })
}
