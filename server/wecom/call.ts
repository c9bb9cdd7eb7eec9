import type * as z from 'zod/mini'
import { API, type Api } from './apis.ts'
import type { Credentials } from './credentials.ts'
import { WecomError } from './error.ts'
import { createGuard, type Guard } from './guard.ts'
import { type Exchange, noAnswer, type Outgoing } from './transport.ts'

/** Calls one API and parses its answer. The access token is added here and nowhere else. */
export type Call = <S extends z.ZodMiniType>(api: Api, schema: S, out?: Outgoing) => Promise<z.output<S>>

/** The token is dead: expired, withdrawn, or its secret was reset. (40001 from gettoken itself never comes this way.) */
const STALE = new Set([40014, 42001, 40001])

export interface Caller {
  call: Call
  /** Without an access token: for gettoken only. */
  callBare: Call
  /** By API: how many calls the budget of this process still has. */
  budgetsLeft(): Record<string, number>
}

/** Puts transport, guard and token together: budget, breaker, retries, and one replay with a new token when ours was turned down. */
export function createCaller(exchange: Exchange, credentials: () => Credentials, peers?: () => number): Caller {
  const guards = new Map<Api, Guard>()
  const guardOf = (api: Api) => {
    const guard = guards.get(api) ?? createGuard(api, peers)
    guards.set(api, guard)
    return guard
  }

  const call: Call = async (api, schema, out = {}) => {
    const guard = guardOf(api)
    const withToken = (token: string) =>
      guard.once(() => exchange(api, { ...out, query: { access_token: token, ...out.query } }))
    let replayed = false
    const body = await guard.retrying(async () => {
      const token = await credentials().get('access_token')
      try {
        return await withToken(token)
      } catch (error) {
        if (replayed || !(error instanceof WecomError && STALE.has(error.errcode))) throw error
        replayed = true
        return await withToken(await credentials().get('access_token', token))
      }
    })
    return parse(api, schema, body)
  }

  const callBare: Call = async (api, schema, out = {}) => {
    const guard = guardOf(api)
    const body = await guard.retrying(() => guard.once(() => exchange(api, out)))
    return parse(api, schema, body)
  }

  const budgetsLeft = () => Object.fromEntries([...guards].map(([api, guard]) => [api.path, guard.left()]))
  return { call, callBare, budgetsLeft }
}

function parse<S extends z.ZodMiniType>(api: Api, schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const where = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`).join('; ')
  throw noAnswer(api, api === API.token ? 'unreadable token answer' : `unexpected shape (${where})`)
}
