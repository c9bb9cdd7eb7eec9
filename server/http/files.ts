import type { Hono } from 'hono'
import { CustomerId, FileId } from '#shared/ids.ts'
import type { Deps } from '../context.ts'
import { AppError } from '../errors.ts'
import { fetchExport } from '../features/exports/service.ts'
import { readFile } from '../features/notes/files.ts'
import type { Env } from './mount.ts'

/**
 * `GET /api/customers/:customerId/files/:fileId`: a picture or document of a note, for whoever may read the note. Only pictures are shown in
 * place; a document is saved, never opened as a page of ours.
 */
export function noteFiles(app: Hono<Env>, deps: Deps): void {
  app.get('/api/customers/:customerId/files/:fileId', async (c) => {
    const actor = c.get('actor')
    if (actor.kind !== 'member') throw new AppError('unauthenticated', '登录已过期，请重新打开侧边栏')
    const customerId = CustomerId.safeParse(c.req.param('customerId'))
    const fileId = FileId.safeParse(c.req.param('fileId'))
    if (!customerId.success || !fileId.success) throw new AppError('not_found', '没有找到这个文件')
    const file = await readFile({ ...deps, actor }, { customerId: customerId.data, fileId: fileId.data })
    c.header('cache-control', 'private, max-age=3600, immutable')
    c.header('content-type', file.mime)
    const place = file.mime.startsWith('image/') ? 'inline' : 'attachment'
    c.header('content-disposition', `${place}; filename*=UTF-8''${encodeURIComponent(file.name)}`)
    return c.body(new Uint8Array(file.content))
  })
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** `GET /api/exports/:exportId/file`: what a manager asked to have as a file, made when it is fetched. */
export function exportFiles(app: Hono<Env>, deps: Deps): void {
  app.get('/api/exports/:exportId/file', async (c) => {
    const actor = c.get('actor')
    if (actor.kind !== 'member') throw new AppError('unauthenticated', '登录已过期，请重新登录')
    const id = c.req.param('exportId')
    if (!UUID.test(id)) throw new AppError('not_found', '没有这个导出文件')
    const file = await fetchExport({ ...deps, actor }, id)
    c.header('cache-control', 'no-store')
    c.header('content-type', file.mime)
    c.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
    return c.body(new Uint8Array(file.content))
  })
}
