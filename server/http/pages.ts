import type { Context, Hono } from 'hono'
import type { PageSignature } from '#shared/jssdk.ts'
import type { Deps } from '../context.ts'
import { readMe, readSelf } from '../features/members/service.ts'
import { signaturesOf } from '../wecom/jssdk.ts'
import { chooseEncoding, type Encoded, encode, loadWeb, type WebPages } from './built-web.ts'
import type { Env } from './mount.ts'
import { loginPath } from './oauth.ts'
import { contentSecurityPolicy } from './security.ts'
import type { Sessions } from './session.ts'

export type { WebPages }
export { loadWeb as loadPages }

/** The page waits no longer for its signature: without one it is painted all the same and asks for it itself. */
const SIGNATURE_PATIENCE_MS = 1_500

/** The built pages: `/sidebar` and `/desk` with what they need to start written into them, and `/assets/*` forever cacheable. */
export function pages(app: Hono<Env>, deps: Deps, sessions: Sessions, web: WebPages): void {
  const policy = contentSecurityPolicy(web.scriptHashes)

  app.get('/', (c) => c.redirect('/sidebar'))

  app.get('/sidebar', async (c) => {
    c.header('cache-control', 'no-store')
    const here = pathAndQuery(c)
    const actor = await sessions.identify(c)
    if (actor.kind !== 'member') return c.redirect(loginPath(here))
    const [me, signature] = await Promise.all([
      readMe(deps, actor.userId),
      signatureWithin(SIGNATURE_PATIENCE_MS, deps, deps.config.publicUrl + here),
    ])
    const { corpId, agentId } = deps.config.wecom
    const boot = { corpId, agentId: String(agentId), me, signature, serverTime: deps.now().toISOString() }
    c.header('content-security-policy', policy)
    return answer(c, await encode(web.sidebar.before + bootBlock(boot) + web.sidebar.after, 'text/html; charset=utf-8'))
  })

  app.get('/desk', async (c) => {
    c.header('cache-control', 'no-store')
    const actor = await sessions.identify(c)
    if (actor.kind !== 'member') return c.redirect(loginPath(pathAndQuery(c)))
    c.header('content-security-policy', policy)
    const boot = { me: await readSelf({ ...deps, actor }) }
    return answer(c, await encode(web.desk.before + bootBlock(boot) + web.desk.after, 'text/html; charset=utf-8'))
  })

  app.get('/assets/:file', (c) => {
    const asset = web.assets.get(c.req.param('file'))
    if (!asset) return c.notFound()
    c.header('cache-control', 'public, max-age=31536000, immutable')
    return answer(c, asset)
  })
}

/** Data for the page's own script. `<` is escaped, so that no name can end the block or start another. */
export function bootBlock(boot: object): string {
  return `<script type="application/json" id="boot">${JSON.stringify(boot).replace(/</g, '\\u003c')}</script>`
}

/** The address as the browser sent it; its origin is ours by configuration, whatever proxy stands between. */
function pathAndQuery(c: Context<Env>): string {
  const { url } = c.req
  return url.slice(url.indexOf('/', url.indexOf('//') + 2))
}

function answer(c: Context<Env>, content: Encoded): Response {
  const encoding = chooseEncoding(c.req.header('accept-encoding'), content)
  c.header('content-type', content.type)
  c.header('vary', 'accept-encoding')
  if (encoding !== 'identity') c.header('content-encoding', encoding)
  return c.body(content[encoding] ?? content.identity)
}

async function signatureWithin(ms: number, deps: Deps, url: string): Promise<PageSignature | null> {
  const signed = signaturesOf(url, deps).catch((err: unknown) => {
    deps.log.warn({ err }, 'page served without a signature')
    return null
  })
  const timedOut = new Promise<null>((resolve) => void setTimeout(() => resolve(null), ms).unref())
  return await Promise.race([signed, timedOut])
}
