import type { Faults } from '../faults.ts'
import { Refusal } from '../refusal.ts'
import { type App, type World, findMember } from '../world.ts'
import type { Member } from '../types.ts'

/** What a handler sees of one call. `body` is the parsed JSON of a POST, `form` a multipart upload. */
export interface Call {
  world: World
  faults: Faults
  app: App
  query: URLSearchParams
  body: Record<string, unknown>
  form: () => Promise<FormData>
  /** The Range header, where one was sent. */
  range?: string
}

/** One API of the pretend WeCom. `empty`: the collections its error bodies carry. `needs`: who may call at all. */
export interface Api {
  method: 'GET' | 'POST'
  path: string
  empty?: Record<string, unknown>
  needs: 'nothing' | 'agent' | 'customerContact' | 'contactSync'
  upload?: true
  /** Answers without errcode and errmsg, as some of WeCom's do. */
  bare?: true
  /** What it writes to: two such calls at once are 6000. */
  writes?: 'library' | 'customer'
  /** True for a call that counts towards no limit. */
  uncounted?: (world: World, query: URLSearchParams) => boolean
  /** The fields of a success, or a whole answer where WeCom sends no JSON. */
  answer: (call: Call) => Record<string, unknown> | Response | Promise<Record<string, unknown> | Response>
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9\-_.@]{0,63}$/

/** A required text of the body: absent or empty → 40063, not a text or too long → 40058. */
export function text(body: Record<string, unknown>, key: string, max = 64): string {
  const value = body[key]
  if (value === undefined || value === null || value === '') throw new Refusal(40063)
  if (typeof value !== 'string' || Buffer.byteLength(value) > max) throw new Refusal(40058)
  return value
}

/** An optional text of at most `max` characters. */
export function optionalText(body: Record<string, unknown>, key: string, max: number): string | undefined {
  const value = body[key]
  if (value === undefined) return undefined
  if (typeof value !== 'string' || [...value].length > max) throw new Refusal(40058)
  return value
}

/** An optional list of texts; absent is empty. */
export function texts(body: Record<string, unknown>, key: string, max = 1_000): string[] {
  const value = body[key] ?? []
  if (!Array.isArray(value) || value.length > max || value.some((v) => typeof v !== 'string')) throw new Refusal(40058)
  return value as string[]
}

/** A member argument: well formed (40003), known and in range (60111 or `outside`), with the 客户联系 function (84074). */
export function memberArgument(world: World, userid: string, outside = 60011): Member {
  if (!NAME.test(userid)) throw new Refusal(40003)
  const member = findMember(world, userid)
  if (!member || member.status === 5) throw new Refusal(60111)
  if (!member.visible) throw new Refusal(outside)
  if (!member.customerContact) throw new Refusal(84074)
  return member
}
