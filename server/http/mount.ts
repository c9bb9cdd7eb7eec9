import { constants, gzipSync } from 'node:zlib'
import type { Context, Hono } from 'hono'
import type * as z from 'zod/mini'
import type { Access, Endpoint, Output, Role } from '#shared/endpoint.ts'
import type { Actor, Ctx, Deps } from '../context.ts'
import { AppError } from '../errors.ts'
import { selectRoles } from '../features/members/service.ts'
import { countOpening } from '../features/audit/service.ts'
import { once } from '../features/receipts/service.ts'
import { acceptedEncodings } from './encoding.ts'

export type Env = { Variables: { actor: Actor; requestId: string } }

/** An answer that Postgres already wrote as JSON, passed through unparsed. The contract's shape is proven by tests, not per request. */
export class RawJson {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export type Handler<E extends Endpoint> = (ctx: Ctx, input: z.output<E['input']>) => Promise<Output<E> | RawJson>
export type Route = <E extends Endpoint>(endpoint: E, handle: Handler<E>) => void

/** Binds one contract to one handler: access, parsing and encoding happen here and nowhere else. */
export function mount<E extends Endpoint>(app: Hono<Env>, deps: Deps, e: E, handle: Handler<E>): void {
  app.on(e.method, e.path, async (c) => {
    const { ctx, input } = await open(c, deps, e)
    const work = async () => {
      const output = await handle(ctx, input)
      return output instanceof RawJson ? output.text : JSON.stringify(e.output.parse(output))
    }
    const key = e.method === 'get' ? undefined : c.req.header('idempotency-key')
    if (key === undefined) return answer(c, await work())
    return answer(c, await once(ctx, key, `${e.method} ${e.path} ${JSON.stringify(input)}`, work))
  })
}

/** Who asks, and for what: nothing of a handler runs before this. */
async function open<E extends Endpoint>(
  c: Context<Env>,
  deps: Deps,
  e: E,
): Promise<{ ctx: Ctx; input: z.output<E['input']> }> {
  const actor = await admit(deps, c.get('actor'), e.access)
  const input = e.input.safeParse(await readInput(c, e))
  if (!input.success) {
    const where = input.error.issues.map((i) => `${i.path.join('.') || 'body'}: ${i.message}`).join('; ')
    throw new AppError('invalid_input', `提交的内容有误（${where}）`)
  }
  const unstorable = findUnstorable(input.data)
  if (unstorable !== undefined)
    throw new AppError('invalid_input', `提交的内容有误（${unstorable}: 含有无法保存的字符）`)
  const ctx = { ...deps, actor }
  const { customerId } = input.data as { customerId?: unknown }
  if (typeof customerId === 'string') await countOpening(ctx, customerId)
  return { ctx, input: input.data as z.output<E['input']> }
}

/** `signal` is aborted when the browser leaves. What is thrown before the first output is answered as any refusal. */
export type StreamHandler<E extends Endpoint> = (
  ctx: Ctx,
  input: z.output<E['input']>,
  signal: AbortSignal,
) => AsyncGenerator<Output<E>>
export type StreamRoute = <E extends Endpoint>(endpoint: E, handle: StreamHandler<E>) => void

/** As `mount`, for a contract whose answer comes line by line. A handler that throws midway breaks the answer off, which the page takes for a failure. */
export function mountStream<E extends Endpoint>(app: Hono<Env>, deps: Deps, e: E, handle: StreamHandler<E>): void {
  app.on(e.method, e.path, async (c) => {
    const { ctx, input } = await open(c, deps, e)
    const gone = new AbortController()
    const outputs = handle(ctx, input, AbortSignal.any([gone.signal, c.req.raw.signal]))
    const first = await outputs.next()
    const encoder = new TextEncoder()
    const lineOf = (output: unknown) => encoder.encode(`${JSON.stringify(e.output.parse(output))}\n`)
    const lines = new ReadableStream<Uint8Array>({
      start: (to) => void (first.done ? to.close() : to.enqueue(lineOf(first.value))),
      async pull(to) {
        try {
          const { done, value } = await outputs.next()
          if (done) to.close()
          else to.enqueue(lineOf(value))
        } catch (error) {
          if (!gone.signal.aborted) deps.log.error({ path: e.path, err: error }, 'stream failed')
          to.error(error)
        }
      },
      async cancel() {
        gone.abort()
        await outputs.return(undefined)
      },
    })
    // No proxy may hold back what is there already.
    c.header('x-accel-buffering', 'no')
    c.header('cache-control', 'no-store')
    c.header('content-type', 'application/x-ndjson')
    return c.body(lines)
  })
}

/** What fits one packet gains nothing by being packed. */
const ONE_PACKET = 1_400

/** Packed where the browser takes it: a card is 7 kB, 2 packed, in some 60 µs. */
function answer(c: Context<Env>, json: string): Response {
  c.header('cache-control', 'no-store')
  c.header('content-type', 'application/json')
  c.header('vary', 'accept-encoding')
  if (json.length < ONE_PACKET || !acceptedEncodings(c.req.header('accept-encoding')).has('gzip')) return c.body(json)
  c.header('content-encoding', 'gzip')
  return c.body(new Uint8Array(gzipSync(json, { level: constants.Z_BEST_SPEED })))
}

/** Path parameters win over the body, the body over nothing: an id in the wrong place is a strict-schema error, not a second identity. */
async function readInput(c: Context<Env>, e: Endpoint): Promise<Record<string, unknown>> {
  const sent = e.method === 'get' ? c.req.query() : await readBody(c)
  const known = new Set(Object.keys(e.input.shape))
  const path = c.req.param() as Record<string, string>
  for (const name of Object.keys(sent)) {
    if (!known.has(name) || name in path) throw new AppError('invalid_input', `提交的内容有误（${name}: 不认识的字段）`)
  }
  return { ...sent, ...path }
}

async function readBody(c: Context<Env>): Promise<Record<string, unknown>> {
  const text = await c.req.text()
  if (text === '') return {}
  if (!/^application\/json\b/.test(c.req.header('content-type') ?? '')) {
    throw new AppError('invalid_input', '请求需要 application/json')
  }
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>
  } catch (cause) {
    throw new AppError('invalid_input', '请求不是有效的 JSON', { cause })
  }
  throw new AppError('invalid_input', '请求应是一个 JSON 对象')
}

/** The field that holds a text Postgres cannot keep: a NUL, or half of a character that needs two. */
function findUnstorable(value: unknown, at = 'body'): string | undefined {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? at : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, inner] of Object.entries(value)) {
    const found = findUnstorable(inner, name)
    if (found !== undefined) return found
  }
  return undefined
}

/** Roles are read for each request that needs one: what was taken away is gone with the next. */
async function admit(deps: Deps, actor: Actor, access: Access): Promise<Actor> {
  if (access === 'public') return actor
  if (actor.kind !== 'member') throw new AppError('unauthenticated', '登录已过期，请重新打开侧边栏')
  if (access !== 'rep' && !(await selectRoles(deps.sql, actor.userId)).includes(access)) {
    throw new AppError('forbidden', `这里只给${ROLE_NAME[access]}用，需要的话请联系管理员`)
  }
  return actor
}

const ROLE_NAME: Record<Role, string> = { clerk: '门店店员', manager: '部门负责人', admin: '管理员', auditor: '审计员' }
