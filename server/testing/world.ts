import { setTimeout as sleep } from 'node:timers/promises'
import { Logger, runOnce } from 'graphile-worker'
import { afterAll } from 'vitest'
import type { Shop } from '../../simulator/types.ts'
import type * as z from 'zod/mini'
import type { Endpoint, Input } from '#shared/endpoint.ts'
import type { Deps } from '../context.ts'
import { connect, openOwnerPool } from '../db/client.ts'
import { openQueuePool } from '../db/pg.ts'
import { beginSession } from '../features/sessions/service.ts'
import { createApp } from '../http/app.ts'
import { CALLBACK_PATH } from '../http/callback.ts'
import { createSessions, hostCookie } from '../http/session.ts'
import { tasksOf } from '../jobs/worker.ts'
import { createLog } from '../log.ts'
import { createWecom } from '../wecom/client.ts'
import type { Model } from '../model/port.ts'
import { scripted } from '../model/scripted.ts'
import type { Wecom } from '../wecom/port.ts'
import { makeMember } from './builders.ts'
import { countStatements } from './count.ts'
import { createDatabase } from './database.ts'
import { createPretend } from './pretend.ts'
import { makeShop } from './shop.ts'

export type World = Awaited<ReturnType<typeof createWorld>>
type Replaced = Partial<Pick<Deps, 'log'>> & { shop?: Shop; wecom?: (real: Wecom) => Wecom; model?: Model | null }

const START = new Date('2026-01-05T09:00:00+08:00')

/** The whole app on a database of its own, a pretend WeCom and a clock the test owns. Ends with the test file. */
export async function createWorld(options: Replaced = {}) {
  const database = await createDatabase()
  const counter = countStatements(database.target)
  const { close, ...pools } = connect(counter.target)
  let time = START.getTime()
  const clock = { now: () => new Date(time), advance: (ms: number) => void (time += ms) }
  const pretend = createPretend(options.shop ?? makeShop(), clock.now)
  const { config, shop } = pretend
  const failures: string[] = []
  const log = options.log ?? createLog('error', { write: (line) => failures.push(line) })
  const real = createWecom({ config, sql: pools.sql, now: clock.now, log, http: pretend.transport })
  const wecom = options.wecom?.(real) ?? real
  const model = options.model === null ? undefined : (options.model ?? scripted())
  const deps: Deps = { config, ...pools, wecom, model, now: clock.now, log }
  const sessions = await createSessions(deps)
  const app = createApp(deps, sessions)
  pretend.deliverTo(CALLBACK_PATH, (request) => app.request(request))
  const queue = openQueuePool(database.target, 2)
  const owner = openOwnerPool(database.target, 2)
  afterAll(async () => {
    await sessions.close()
    await queue.end()
    await owner.end()
    await close()
    await database.drop()
  })

  /** What a member's browser can do: any request with their cookie, or a call of a contract. */
  async function as(userId: string) {
    pretend.hire(userId)
    await makeMember(deps, userId)
    const cookie = `${hostCookie('pangbai', config.publicUrl).name}=${await beginSession(deps, userId)}`
    return browser(app, config.publicUrl, { cookie }, failures)
  }

  return {
    app,
    deps,
    /** Where its database is, for another process's connections. */
    target: database.target,
    /** As the schema's owner: for what the app itself may not do. */
    owner,
    shop,
    clock,
    sessions,
    as,
    nobody: browser(app, config.publicUrl, {}, failures),
    /** The statements sent while `work` ran. */
    statements: async (work: () => Promise<unknown>): Promise<string[]> => {
      counter.take()
      await work()
      return counter.take()
    },
    /** The way to the pretend WeCom, for another set-up of the product. */
    transport: pretend.transport,
    wecomCalls: pretend.calls,
    /** Changes made by people in WeCom. Their callbacks have arrived when `callbacks.settled()` resolves. */
    acts: pretend.acts,
    callbacks: pretend.callbacks,
    /** Does every job that is due, and those they ask for, until none is left. Waiting times do not count. */
    work: async () => {
      await deps.sql`update graphile_worker._private_jobs set run_at = now() where run_at > now()`
      await runOnce({
        pgPool: queue,
        taskList: tasksOf(deps),
        noPreparedStatements: true,
        logger: new Logger(() => () => undefined),
      })
      await untilReleased(deps.sql)
    },
    /** WeCom answers the next calls of this API with an errcode. */
    fail: pretend.fail,
    /** Every call to WeCom takes this many milliseconds from now on. */
    slow: pretend.slow,
  }
}

/** `runOnce` does not wait until the end of its last job is written down. Throws where it never is, so that no test goes on with half an answer. */
async function untilReleased(sql: Deps['sql']): Promise<void> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    const [row] = await sql`select count(*)::int as n from graphile_worker._private_jobs where locked_at is not null`
    if (row?.['n'] === 0) return
    await sleep(10)
  }
  throw new Error('a job was still held ten seconds after the last one had ended')
}

export interface Answer {
  status: number
  /** Parsed JSON, a list of it where it came line by line, or null where there is none. */
  body: unknown
  text: string
  headers: Headers
}

interface Sent {
  body?: unknown
  headers?: Record<string, string>
}

/** One browser of this world. Unsafe requests carry our own Origin, as a page of ours would. */
function browser(
  app: Awaited<ReturnType<typeof createApp>>,
  origin: string,
  headers: Record<string, string>,
  failures: string[],
) {
  async function send(method: string, path: string, sent: Sent = {}): Promise<Answer> {
    const given = sent.body === undefined ? {} : { body: JSON.stringify(sent.body) }
    const json = sent.body === undefined ? {} : { 'content-type': 'application/json' }
    const init = { method: method.toUpperCase(), headers: { origin, ...json, ...headers, ...sent.headers }, ...given }
    const res = await app.request(`${origin}${path}`, init)
    const text = await res.text()
    const isJson = res.headers.get('content-type')?.startsWith('application/json')
    const isLines = res.headers.get('content-type')?.startsWith('application/x-ndjson')
    const body = isJson ? (JSON.parse(text) as unknown) : isLines ? parseLines(text) : null
    return { status: res.status, body, text, headers: res.headers }
  }

  /** Calls a contract and parses the answer with it; throws what came back when it was refused. */
  async function call<E extends Endpoint>(endpoint: E, input: Input<E>): Promise<z.output<E['output']>> {
    const answer = await tryCall(endpoint, input)
    if (answer.status !== 200)
      throw new Error(
        `${endpoint.method} ${endpoint.path} answered ${answer.status}: ${answer.text}\n${failures.splice(0).join('')}`,
      )
    return endpoint.output.parse(answer.body) as z.output<E['output']>
  }

  function tryCall<E extends Endpoint>(endpoint: E, input: Input<E>): Promise<Answer> {
    const { path, rest } = requestOf(endpoint, input as Record<string, unknown>)
    return endpoint.method === 'get' ? send('get', path + queryOf(rest)) : send(endpoint.method, path, { body: rest })
  }

  /** Reads a streamed answer to its end; throws what came back when it was refused. */
  async function stream<E extends Endpoint>(endpoint: E, input: Input<E>): Promise<z.output<E['output']>[]> {
    const answer = await tryCall(endpoint, input)
    if (answer.status !== 200) throw new Error(`${endpoint.path} answered ${answer.status}: ${answer.text}`)
    return parseAnswer(endpoint, answer.body) as z.output<E['output']>[]
  }

  return { stream, send, get: (path: string) => send('get', path), call, try: tryCall, headers }
}

const parseLines = (text: string): unknown[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown)

/** An answer as its contract says it is: throws where it is not. */
export const parseAnswer = (endpoint: Endpoint, body: unknown): unknown =>
  endpoint.stream ? (body as unknown[]).map((line) => endpoint.output.parse(line)) : endpoint.output.parse(body)

/** Where an input goes: `:name` parts of the path, and the rest. */
export function requestOf(endpoint: Endpoint, input: Record<string, unknown>) {
  const rest = { ...input }
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => {
    delete rest[name]
    return encodeURIComponent(String(input[name]))
  })
  return { path, rest }
}

export function queryOf(values: Record<string, unknown>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined)
  return given.length === 0
    ? ''
    : `?${new URLSearchParams(
        given.map(([name, value]): [string, string] => [
          name,
          typeof value === 'object' ? JSON.stringify(value) : String(value),
        ]),
      )}`
}
