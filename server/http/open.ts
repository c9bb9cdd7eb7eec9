import type { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type * as z from 'zod/mini'
import { OPEN, type OpenAnswer, type OpenEndpoint, putEvents, putFields, putOrders, putProducts } from '#shared/open.ts'
import type { Ctx, Deps } from '../context.ts'
import { AppError } from '../errors.ts'
import {
  type Caller,
  keyOf,
  putEvents as storeEvents,
  putFields as storeFields,
  putOrders as storeOrders,
  putProducts as storeProducts,
} from '../features/open/service.ts'
import { once } from '../features/receipts/service.ts'
import { perProcess } from '../per-process.ts'
import type { Env } from './mount.ts'
import { openApi, openApiPage } from './openapi.ts'

const LARGEST = 2 * 1024 * 1024
const PER_MINUTE = 120
const MINUTE_MS = 60_000

const memory = perProcess(() => ({ calls: new Map<string, number[]>() }))

/** `/open/v1/*`: for other systems, by key and not by cookie, so no Origin is asked for. `/open` shows what there is. */
export function openRoutes(app: Hono<Env>, deps: Deps): void {
  const limit = bodyLimit({
    maxSize: LARGEST,
    onError: () => {
      throw new AppError('too_large', '一批太大了，请分几批')
    },
  })
  const mount = <In extends z.ZodMiniType>(
    endpoint: OpenEndpoint<In>,
    handle: (ctx: Ctx, caller: Caller, input: z.output<In>) => Promise<OpenAnswer>,
  ) =>
    app.post(endpoint.path, limit, async (c) => {
      const caller = await keyOf(deps, c.req.header('authorization'), endpoint.scope)
      admit(deps, caller.id)
      const key = c.req.header('idempotency-key')
      if (key === undefined) throw new AppError('invalid_input', '要有 Idempotency-Key（UUID），同一批重发用同一个')
      const body = await readJson(c.req.raw)
      const parsed = endpoint.input.safeParse(body)
      if (!parsed.success) {
        const where = parsed.error.issues
          .map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`)
          .join('; ')
        throw new AppError('invalid_input', `提交的内容有误（${where}）`)
      }
      const ctx: Ctx = { ...deps, actor: { kind: 'member', userId: `api ${caller.id}`, name: caller.name } }
      const work = async () => JSON.stringify(await handle(ctx, caller, parsed.data))
      const json = await once(ctx, key, `${endpoint.path} ${JSON.stringify(body)}`, work)
      return c.body(json, 200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    })
  mount(putOrders, storeOrders)
  mount(putFields, storeFields)
  mount(putEvents, storeEvents)
  mount(putProducts, storeProducts)
  app.get('/open/openapi.json', (c) => c.json(openApi(deps.config.publicUrl, OPEN)))
  app.get('/open', (c) => {
    c.header(
      'content-security-policy',
      `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'`,
    )
    return c.html(openApiPage(deps.config.publicUrl, OPEN))
  })
}

/** So many calls a minute and key, by this process. */
function admit(deps: Deps, keyId: string): void {
  const { calls } = memory(deps)
  const now = deps.now().getTime()
  const recent = (calls.get(keyId) ?? []).filter((at) => at > now - MINUTE_MS)
  if (recent.length >= PER_MINUTE) throw new AppError('too_many_requests', `每分钟最多 ${PER_MINUTE} 次，请稍后再发`)
  calls.set(keyId, [...recent, now])
}

async function readJson(request: Request): Promise<unknown> {
  const text = await request.text()
  if (text.includes('\\u0000')) throw new AppError('invalid_input', '提交的内容有误（含有无法保存的字符）')
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    throw new AppError('invalid_input', '请求不是有效的 JSON', { cause })
  }
}
