import { randomUUID } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { Deps } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Env } from './mount.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * What stands before every route: a request id, the Origin check (a browser says where an unsafe request comes from; what comes
 * from elsewhere, or does not say, is refused) and the security headers.
 */
export function protect({ config }: Pick<Deps, 'config'>): MiddlewareHandler<Env> {
  const { origin, protocol } = new URL(config.publicUrl)
  const headers = Object.entries({
    'content-security-policy': contentSecurityPolicy([]),
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    ...(protocol === 'https:' && { 'strict-transport-security': 'max-age=31536000' }),
  })
  return async (c, next) => {
    const requestId = randomUUID()
    c.set('requestId', requestId)
    c.header('x-request-id', requestId)
    for (const [name, value] of headers) c.header(name, value)
    if (!SAFE.has(c.req.method) && c.req.header('origin') !== origin) {
      throw new AppError('forbidden_origin', '请求不是从本站页面发出的，已拒绝')
    }
    await next()
  }
}

/**
 * `scripts`: the inline scripts of the page, as `sha256-…`. The SDK's own frames are WeCom's, avatars come from many hosts. Styles may
 * stand in attributes, which Vue's static markup does. No X-Frame-Options: some clients show the sidebar in a frame of their own.
 */
export function contentSecurityPolicy(scripts: string[]): string {
  return [
    `default-src 'none'`,
    `script-src ${["'self'", ...scripts.map((hash) => `'${hash}'`)].join(' ')}`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data: blob: https:`,
    `font-src 'self' data:`,
    `connect-src 'self'`,
    `frame-src https://open.work.weixin.qq.com https://login.work.weixin.qq.com`,
    `frame-ancestors 'self'`,
    `form-action 'self'`,
    `base-uri 'none'`,
    `object-src 'none'`,
  ].join('; ')
}
