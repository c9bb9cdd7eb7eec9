import type { Context, Hono } from 'hono'
import { admitAddress, admitApp, admitChance, admitToken, callerOf, readBody } from './admission.ts'
import { contactApis } from './api/contacts.ts'
import { credentialApis } from './api/credentials.ts'
import { customerApis } from './api/customers.ts'
import { identityApis } from './api/identity.ts'
import type { Api } from './api/kit.ts'
import { mediaApis } from './api/media.ts'
import { messageApis } from './api/messages.ts'
import { statisticApis } from './api/statistics.ts'
import { tagLibraryApis } from './api/tag-library.ts'
import { tagApis } from './api/tags.ts'
import { transferApis } from './api/transfers.ts'
import type { Fault, Faults } from './faults.ts'
import type { Limits } from './limits.ts'
import { errmsg, Refusal } from './refusal.ts'
import type { World } from './world.ts'

const APIS = new Map(
  [
    ...credentialApis,
    ...identityApis,
    ...contactApis,
    ...customerApis,
    ...tagApis,
    ...tagLibraryApis,
    ...statisticApis,
    ...transferApis,
    ...mediaApis,
    ...messageApis,
  ].map((api) => [api.path, api]),
)

export const isApi = (path: string): boolean => APIS.has(path)

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
const KEPT_CALLS = 5_000

/** One call under way. When it came in, `abreast` calls of its API ran, itself included; `clashing`: a write to the same thing did. */
interface Flight {
  api: Api
  call: RecordedCall
  fault: Fault | undefined
  abreast: number
  clashing: boolean
}

/**
 * Mounts `/cgi-bin/*`. The order of checks is WeCom's: path → token → trusted IP → limits → permission → parameters.
 * Every refusal is HTTP 200; an unknown path is 404 with an empty body.
 */
export function mountServerApi(app: Hono, sim: ServerApi): void {
  const running = new Map<string, number>()
  const enter = (lane: string) => running.set(lane, (running.get(lane) ?? 0) + 1).get(lane) ?? 1
  const leave = (lane: string) => void running.set(lane, (running.get(lane) ?? 1) - 1)

  app.all('/cgi-bin/*', async (c) => {
    const { faults } = sim
    if (faults.httpsOnly && new URL(c.req.url).protocol === 'http:')
      return c.redirect(c.req.url.replace(/^http:/, 'https:'), 301)
    if (faults.unavailable) return c.body(null, 503)
    const api = APIS.get(c.req.path)
    if (!api) return c.body(null, 404)
    const lanes = [api.path, await writeLane(c, api)] as const
    const flight: Flight = {
      api,
      call: record(c, sim),
      fault: faults.take(api.path),
      abreast: enter(lanes[0]),
      clashing: enter(lanes[1]) > 1 && api.writes !== undefined,
    }
    try {
      if (flight.fault?.latencyMs) await new Promise((resolve) => setTimeout(resolve, flight.fault?.latencyMs))
      if (flight.fault?.reset) return cut(c)
      if (flight.fault?.status) return c.body(null, flight.fault.status as 503)
      return await respond(c, sim, flight)
    } finally {
      for (const lane of lanes) leave(lane)
    }
  })
}

/** What two writes at once would disturb: the tag library, or the tags of one customer. */
async function writeLane(c: Context, api: Api): Promise<string> {
  if (api.writes !== 'customer') return `write ${api.writes ?? 'nothing'}`
  return `write ${/"external_userid"\s*:\s*"([^"]*)"/.exec(await c.req.raw.clone().text())?.[1] ?? ''}`
}

function record(c: Context, { world, calls }: ServerApi): RecordedCall {
  const call: RecordedCall = {
    at: world.now(),
    method: c.req.method,
    path: c.req.path,
    query: Object.fromEntries(Object.entries(c.req.query()).filter(([name]) => !SECRET.has(name))),
    body: null,
    errcode: null,
  }
  calls.push(call)
  if (calls.length > KEPT_CALLS) calls.splice(0, KEPT_CALLS / 5)
  return call
}

/** Destroys the caller's socket; in-process callers get a rejection. */
function cut(c: Context): never {
  ;(c.env as { outgoing?: { destroy(): void } } | undefined)?.outgoing?.destroy()
  throw new ConnectionReset()
}

async function respond(c: Context, sim: ServerApi, flight: Flight): Promise<Response> {
  const { api, call, fault } = flight
  const ip = callerOf(c)
  try {
    const answered = await answer(c, sim, flight, ip)
    call.errcode = 0
    if (answered instanceof Response) return answered
    const text = JSON.stringify(api.bare ? answered : { errcode: 0, errmsg: 'ok', ...answered })
    return json(c, fault?.malformed ? text.slice(0, Math.ceil(text.length / 2)) : text)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (api.needs === 'nothing' && error.errcode === 40001) sim.limits.wrongSecret(ip)
    call.errcode = error.errcode
    const text = errmsg(error, ip, sim.world.now())
    return json(c, JSON.stringify({ errcode: error.errcode, errmsg: text, ...api.empty }))
  }
}

async function answer(c: Context, { world, faults, limits }: ServerApi, flight: Flight, ip: string) {
  const { api, call, fault } = flight
  const query = new URL(c.req.url).searchParams
  const app = admitToken(world, api, query.get('access_token') ?? undefined)
  admitAddress(faults, api, world.now())
  if (fault?.errcode) throw new Refusal(fault.errcode)
  admitChance(faults)
  if (api.needs === 'nothing') limits.admitAddress(ip)
  if (!api.uncounted?.(world, query)) limits.admit(api.path)
  if (query.get('debug') === '1') limits.debug()
  if (flight.clashing) throw new Refusal(6000)
  if (flight.abreast > faults.concurrency) throw new Refusal(45033)
  admitApp(faults, api, app)
  const body = await readBody(c, api)
  call.body = body
  const range = c.req.header('range')
  return api.answer({ world, faults, app, query, body, form: () => c.req.formData(), ...(range && { range }) })
}

const json = (c: Context, text: string) => c.body(text, 200, { 'content-type': 'application/json; charset=UTF-8' })
