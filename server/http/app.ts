import { Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { routePath } from 'hono/route'
import type { Deps } from '../context.ts'
import { AppError } from '../errors.ts'
import { asideRoutes } from '../features/aside/routes.ts'
import { askRoutes } from '../features/ask/routes.ts'
import { auditRoutes } from '../features/audit/routes.ts'
import { bookRoutes } from '../features/book/routes.ts'
import { briefRoutes } from '../features/brief/routes.ts'
import { bulkRoutes } from '../features/bulk/routes.ts'
import { checkRoutes } from '../features/checks/routes.ts'
import { customerRoutes } from '../features/customers/routes.ts'
import { doctorRoutes } from '../features/doctor/routes.ts'
import { draftRoutes } from '../features/drafts/routes.ts'
import { erasureRoutes } from '../features/erasure/routes.ts'
import { exportRoutes } from '../features/exports/routes.ts'
import { fieldRoutes } from '../features/fields/routes.ts'
import { figureRoutes } from '../features/figures/routes.ts'
import { guardRoutes } from '../features/guard/routes.ts'
import { importRoutes } from '../features/imports/routes.ts'
import { ledRoutes } from '../features/led/routes.ts'
import { libraryRoutes } from '../features/library/routes.ts'
import { mediaRoutes } from '../features/media/routes.ts'
import { memberRoutes } from '../features/members/routes.ts'
import { nextRoutes } from '../features/next/routes.ts'
import { noteRoutes } from '../features/notes/routes.ts'
import { keyRoutes } from '../features/open/routes.ts'
import { operationsRoutes } from '../features/operations/routes.ts'
import { orderRoutes } from '../features/orders/routes.ts'
import { outboxRoutes } from '../features/outbox/routes.ts'
import { replyRoutes } from '../features/replies/routes.ts'
import { reviewRoutes } from '../features/review/routes.ts'
import { rfmRoutes } from '../features/rfm/routes.ts'
import { ruleRoutes } from '../features/rules/routes.ts'
import { sendRoutes } from '../features/sends/routes.ts'
import { preferenceRoutes } from '../features/preferences/routes.ts'
import { quietRoutes } from '../features/quiet/routes.ts'
import { stageRoutes } from '../features/stages/routes.ts'
import { storeRoutes } from '../features/store/routes.ts'
import { tagHintRoutes } from '../features/tag-hints/routes.ts'
import { tagRoutes } from '../features/tags/routes.ts'
import { taskRoutes } from '../features/tasks/routes.ts'
import { timelineRoutes } from '../features/timeline/routes.ts'
import { transferRoutes } from '../features/transfers/routes.ts'
import { webhookRoutes } from '../features/webhooks/routes.ts'
import { callback } from './callback.ts'
import type { Metrics } from '../metrics.ts'
import { domainFile } from './domain-file.ts'
import { answerError } from './errors.ts'
import { exportFiles, noteFiles } from './files.ts'
import { health } from './health.ts'
import { jssdkRoutes } from './jssdk.ts'
import { media } from './media.ts'
import { type Env, mount, mountStream, type Route, type StreamRoute } from './mount.ts'
import { oauth } from './oauth.ts'
import { openRoutes } from './open.ts'
import { pages, type WebPages } from './pages.ts'
import { protect } from './security.ts'
import { setup } from './setup.ts'
import { type Sessions, sessionRoutes } from './session.ts'

/** The whole HTTP surface. `sessions` says who is asking; `web` holds the built pages (undefined: API only, as in most tests). */
export function createApp(
  deps: Deps,
  sessions: Sessions,
  web?: WebPages,
  metrics?: Metrics,
  ending?: () => boolean,
): Hono<Env> {
  const app = new Hono<Env>()
  if (metrics) app.use(timed(metrics))
  app.onError((err, c) => answerError(deps.log, err, c))
  app.notFound((c) => answerError(deps.log, new AppError('not_found', '没有这个地址'), c))
  // Before the Origin check: neither WeCom's servers nor a shop's send one.
  callback(app, deps)
  openRoutes(app, deps)
  app.use(protect(deps))
  health(app, deps, ending)
  domainFile(app, deps)
  setup(app, deps)
  app.on(['POST', 'PUT', 'PATCH', 'DELETE'], '/api/*', (c, next) => (isUpload(c.req.path) ? files : words)(c, next))
  app.use('/api/*', async (c, next) => {
    c.set('actor', await sessions.identify(c))
    await next()
  })

  const route: Route = (e, handle) => mount(app, deps, e, handle)
  const stream: StreamRoute = (e, handle) => mountStream(app, deps, e, handle)
  sessionRoutes(app, deps, sessions)
  jssdkRoutes(route)
  customerRoutes(route)
  asideRoutes(route)
  askRoutes(route)
  draftRoutes(route, stream)
  briefRoutes(route)
  nextRoutes(route)
  guardRoutes(route)
  preferenceRoutes(route)
  tagRoutes(route)
  tagHintRoutes(route)
  orderRoutes(route)
  replyRoutes(route)
  sendRoutes(route)
  mediaRoutes(route)
  outboxRoutes(route)
  storeRoutes(route)
  ledRoutes(route)
  memberRoutes(route)
  auditRoutes(route)
  operationsRoutes(route)
  noteRoutes(route)
  taskRoutes(route)
  quietRoutes(route)
  stageRoutes(route)
  timelineRoutes(route)
  fieldRoutes(route)
  bookRoutes(route)
  bulkRoutes(route)
  ruleRoutes(route)
  rfmRoutes(route)
  checkRoutes(route)
  reviewRoutes(route)
  figureRoutes(route)
  transferRoutes(route)
  importRoutes(route)
  keyRoutes(route)
  erasureRoutes(route)
  doctorRoutes(route)
  libraryRoutes(route)
  webhookRoutes(route)
  exportRoutes(route)
  noteFiles(app, deps)
  exportFiles(app, deps)
  media(app, deps, sessions)
  oauth(app, deps, sessions)
  if (web) pages(app, deps, sessions, web)
  return app
}

/** How long each route took; the route as it was declared, so that no id becomes a label. */
const timed =
  (metrics: Metrics): MiddlewareHandler<Env> =>
  async (c, next) => {
    const began = performance.now()
    await next()
    metrics.request(c.req.method, routePath(c, -1), c.res.status, (performance.now() - began) / 1000)
  }

/** What a process that does jobs alone answers. */
export function healthApp(deps: Deps): Hono<Env> {
  const app = new Hono<Env>()
  health(app, deps)
  return app
}

const tooLarge = (): never => {
  throw new AppError('too_large', '提交的内容太大了')
}

/** A file travels as base64 in its JSON. */
const words = bodyLimit({ maxSize: 256 * 1024, onError: tooLarge })
const files = bodyLimit({ maxSize: 14 * 1024 * 1024, onError: tooLarge })
const isUpload = (path: string): boolean => path.endsWith('/files')
