import { hash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { type Ctx, memberOf } from '#server/context.ts'
import { AppError } from '#server/errors.ts'
import { perProcess, singleFlight } from '#server/per-process.ts'
import { drop, find, keep, lease } from './queries.ts'

const KEY = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const LOOK_MS = 100
const PATIENCE_MS = 10_000

const memory = perProcess(() => ({ flights: new Map<string, Promise<string>>() }))

/**
 * Does `work` once for a key, in however many processes it is asked for; every caller gets the same json text. A refusal is not
 * kept: asked again, it is tried again. 409 for a key that named another request. What was done by a process that died before it could answer
 * is done again half a minute later, so what is done must itself bear repeating (ids made by the page, differences of tags).
 */
export async function once(ctx: Ctx, key: string, request: string, work: () => Promise<string>): Promise<string> {
  if (!KEY.test(key)) throw new AppError('invalid_input', '请求编号的格式不对（Idempotency-Key 要是 UUID）')
  const asked = { userId: memberOf(ctx), key, request: hash('sha256', request, 'base64url') }
  const flight = `${asked.userId} ${key} ${asked.request}`
  return await singleFlight(memory(ctx).flights, flight, () => doOrWait(ctx, asked, work))
}

type Asked = Parameters<typeof lease>[1]

async function doOrWait(ctx: Ctx, asked: Asked, work: () => Promise<string>): Promise<string> {
  const until = Date.now() + PATIENCE_MS
  while (!(await lease(ctx.sql, asked))) {
    const found = await find(ctx.sql, asked)
    if (found && found.request !== asked.request) throw new AppError('conflict', '这个请求编号已经用在别的操作上了')
    if (found?.answer != null) return found.answer
    if (Date.now() > until) throw new AppError('conflict', '同一个操作还在处理，请稍后再看')
    await pause(LOOK_MS)
  }
  try {
    const answer = await work()
    return await keep(ctx.sql, asked, answer)
  } catch (error) {
    await drop(ctx.sql, asked).catch((cause: unknown) =>
      ctx.log.warn({ err: cause }, 'a receipt stays until its lease ends'),
    )
    throw error
  }
}
