import type { Context, Hono } from 'hono'
import { contactApis } from './api/contacts.ts'
import { credentialApis } from './api/credentials.ts'
import { customerApis } from './api/customers.ts'
import type { Api } from './api/kit.ts'
import { mediaApis } from './api/media.ts'
import { tagApis } from './api/tags.ts'
import type { Fault, Faults } from './faults.ts'
import { type Limits } from './limits.ts'
import { errmsg, Refusal } from './refusal.ts'
import type { App, World } from './world.ts'

const APIS = [...credentialApis, ...contactApis, ...customerApis, ...tagApis, ...mediaApis]

/** One call as the simulator saw it; never with a token or a secret. `errcode` is null where no JSON was answered. */
export interface RecordedCall {
  at: number
  method: string
  path: string
  query: Record<string, string>
  body: unknown
  errcode: number | null
}

export interface ServerApi {
  world: World
  faults: Faults
  limits: Limits
  calls: RecordedCall[]
}

/** Thrown to cut the connection: the listener destroys the socket, an in-process fetch rejects. */
export class ConnectionReset extends Error {}

const SECRET = new Set(['access_token', 'corpsecret', 'code'])

/**
 * Mounts `/cgi-bin/*`. The order of checks is WeCom's: path → token → trusted IP → limits → permission → parameters.
 * Every refusal is HTTP 200; an unknown path is 404 with an empty body.
 */
export function mountServerApi(app: Hono, sim: ServerApi): void {
  const running = new Map<string, number>()
  app.all('/cgi-bin/*', async (c) => {
    const { world, faults } = sim
    if (faults.httpsOnly && new URL(c.req.url).protocol === 'http:')
      return c.redirect(c.req.url.replace(/^http:/, 'https:'), 301)
    if (faults.unavailable) return c.body(null, 503)
    const api = APIS.find((a) => a.path === c.req.path)
    if (!api) return c.body(null, 404)
    const fault = faults.take(api.path)
    const lane = await laneOf(c, api)
    running.set(lane, (running.get(lane) ?? 0) + 1)
    const call: RecordedCall = {
      at: world.now(),
      method: c.req.method,
      path: api.path,
      query: Object.fromEntries(Object.entries(c.req.query()).filter(([k]) => !SECRET.has(k))),
      body: null,
      errcode: null,
    }
    sim.calls.push(call)
    if (sim.calls.length > 5_000) sim.calls.splice(0, 1_000)
    try {
      if (fault?.latencyMs) await new Promise((resolve) => setTimeout(resolve, fault.latencyMs))
      if (fault?.reset) return cut(c)
      if (fault?.status) return c.body(null, fault.status as 503)
      return await respond(c, sim, api, call, fault, running.get(lane) ?? 1)
    } finally {
      running.set(lane, (running.get(lane) ?? 1) - 1)
    }
  })
}

/** Destroys the caller's socket; in-process callers get a rejection. */
function cut(c: Context): never {
  ;(c.env as { outgoing?: { destroy(): void } } | undefined)?.outgoing?.destroy()
  throw new ConnectionReset()
}

/** Calls that would disturb each other share a lane: tag writes on one customer, otherwise all calls of the API. */
async function laneOf(c: Context, api: Api): Promise<string> {
  if (!api.path.endsWith('/mark_tag')) return api.path
  return `${api.path} ${/"external_userid"\s*:\s*"([^"]*)"/.exec(await c.req.raw.clone().text())?.[1] ?? ''}`
}

async function respond(
  c: Context,
  sim: ServerApi,
  api: Api,
  call: RecordedCall,
  fault: Fault | undefined,
  abreast: number,
): Promise<Response> {
  const ip = c.req.header('x-forwarded-for')?.split(',')[0] ?? '127.0.0.1'
  try {
    const app = admitToken(sim.world, api, c.req.query('access_token'))
    if (api.needs !== 'nothing' && !sim.faults.trustedIp) throw new Refusal(60020)
    if (fault?.errcode) throw new Refusal(fault.errcode)
    if (Math.random() < sim.faults.busyRate) throw new Refusal(-1)
    sim.limits.admit(api.path)
    if (api.path.endsWith('/mark_tag') && abreast > 1) throw new Refusal(6000)
    if (abreast > sim.faults.concurrency) throw new Refusal(45033)
    admitApp(sim, api, app)
    const body = await readBody(c, api)
    call.body = body
    const answered = await api.answer({
      world: sim.world,
      app,
      query: new URL(c.req.url).searchParams,
      body,
      form: () => c.req.formData(),
    })
    call.errcode = 0
    const text = JSON.stringify(api.bare ? answered : { errcode: 0, errmsg: 'ok', ...answered })
    return json(c, fault?.malformed ? text.slice(0, Math.ceil(text.length / 2)) : text)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const refusal = error.errcode === 40001 && api.needs === 'nothing' ? afterWrongSecret(sim, ip, error) : error
    call.errcode = refusal.errcode
    return json(
      c,
      JSON.stringify({ errcode: refusal.errcode, errmsg: errmsg(refusal, ip, sim.world.now()), ...api.empty }),
    )
  }
}

const json = (c: Context, text: string) => c.body(text, 200, { 'content-type': 'application/json; charset=UTF-8' })

function afterWrongSecret(sim: ServerApi, ip: string, refusal: Refusal): Refusal {
  try {
    sim.limits.wrongSecret(ip)
    return refusal
  } catch (blocked) {
    if (blocked instanceof Refusal) return blocked
    throw blocked
  }
}

/** Tokens count only in the query string: missing 41001, unknown 40014, past its life 42001. */
function admitToken(world: World, api: Api, token: string | undefined): App {
  if (api.needs === 'nothing') return 'agent'
  if (!token) throw new Refusal(41001)
  const held = world.tokens.get(token)
  if (!held || held.dead) throw new Refusal(40014)
  if (held.expiresAt <= world.now()) throw new Refusal(42001)
  return held.app
}

/** A token of the wrong kind is 48002, as is an app outside 可调用接口的应用. */
function admitApp(sim: ServerApi, api: Api, app: App): void {
  if (api.needs === 'nothing') return
  if ((api.needs === 'contactSync') !== (app === 'contactSync')) throw new Refusal(48002)
  if (api.needs === 'customerContact' && !sim.faults.customerApi) throw new Refusal(48002)
}

/** A GET on a POST endpoint misses its body: 40058, never an HTTP 405. `\uXXXX` escapes are refused. */
async function readBody(c: Context, api: Api): Promise<Record<string, unknown>> {
  if (api.method === 'GET' || api.upload) return {}
  const text = c.req.method === 'POST' ? await c.req.text() : ''
  if (/(?<!\\)\\u[0-9a-fA-F]{4}/.test(text))
    throw new Refusal(40033, 'invalid charset. please check your request, if include \\uxxxx will create fail!')
  if (text === '') throw new Refusal(40058)
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>
  } catch {
    // not JSON: the same refusal as a body of the wrong shape
  }
  throw new Refusal(40058)
}
