import { randomInt } from 'node:crypto'
import type { Context } from 'hono'
import type { Api } from './api/kit.ts'
import type { Faults } from './faults.ts'
import { Refusal } from './refusal.ts'
import type { App, World } from './world.ts'

/** Tokens count only in the query string: missing 41001, unknown 40014, past its life 42001. */
export function admitToken(world: World, api: Api, token: string | undefined): App {
  if (api.needs === 'nothing') return 'agent'
  if (!token) throw new Refusal(41001)
  const held = world.tokens.get(token)
  if (!held || held.dead) throw new Refusal(40014)
  if (held.expiresAt <= world.now()) throw new Refusal(42001)
  return held.app
}

/** gettoken alone is open to any address. */
export function admitAddress(faults: Faults, api: Api, now: number): void {
  if (api.needs === 'nothing') return
  if (!faults.trustedIp || now < faults.trustedFrom) throw new Refusal(60020)
}

/** The server is busy by chance, at the rate that was asked for. */
export function admitChance(faults: Faults): void {
  if (faults.busyRate > 0 && randomInt(1e6) < faults.busyRate * 1e6) throw new Refusal(-1)
}

/** A token of the wrong kind is 48002, as is an app outside 可调用接口的应用. */
export function admitApp(faults: Faults, api: Api, app: App): void {
  if (api.needs === 'nothing') return
  if ((api.needs === 'contactSync') !== (app === 'contactSync')) throw new Refusal(48002)
  if (api.needs === 'customerContact' && !faults.customerApi) throw new Refusal(48002)
}

/** A GET on a POST endpoint misses its body: 40058, never an HTTP 405. `\uXXXX` escapes are refused. */
export async function readBody(c: Context, api: Api): Promise<Record<string, unknown>> {
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

/** Who calls, as WeCom would tell it in an error. A test may claim an address in `x-forwarded-for`. */
export function callerOf(c: Context): string {
  const claimed = c.req.header('x-forwarded-for')?.split(',')[0]?.trim()
  const { incoming } = (c.env ?? {}) as { incoming?: { socket: { remoteAddress?: string } } }
  return claimed ?? incoming?.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '127.0.0.1'
}
