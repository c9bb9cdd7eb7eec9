import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { ERROR_STATUS, type ErrorBody, type ErrorCode } from '#shared/errors.ts'
import { AppError } from '../errors.ts'
import type { Logger } from '../log.ts'
import { WecomError } from '../wecom/error.ts'
import type { Env } from './mount.ts'

/** Turns whatever a handler threw into the contract's error body; only the unexpected is logged as an error. */
export function answerError(log: Logger, err: unknown, c: Context<Env>): Response {
  const full = isOneOf(FULL, err)
  const said = full ? DISK_FULL : explain(err)
  const requestId = c.get('requestId') ?? ''
  const entry = { requestId, path: c.req.routePath, code: said.code, err }
  if (full) log.error({ ...entry, alarm: 'disk_full' }, 'a disk is full: nothing can be stored')
  else if (said.code === 'internal') log.error(entry, 'request failed')
  else log.info({ ...entry, err: said.message }, 'request refused')
  return c.json({ error: { ...said, requestId } } satisfies ErrorBody, ERROR_STATUS[said.code] as ContentfulStatusCode)
}

/** Postgres restarts, or the way to it is cut: what was asked may simply be asked again. */
const AWAY = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
])
/** No room, the database's or our own: what is there can be read, and what was sent waits with whoever sent it. */
const FULL = new Set(['53100', 'ENOSPC'])
const DISK_FULL = { code: 'database_away' as const, message: '服务器的磁盘满了，暂时存不上，请告诉管理员' }

function isOneOf(codes: Set<string>, err: unknown): boolean {
  if (!(err instanceof Error)) return false
  return codes.has(String((err as { code?: unknown }).code)) || isOneOf(codes, err.cause)
}

function explain(err: unknown): { code: ErrorCode; message: string; wecom?: number; details?: unknown } {
  if (err instanceof AppError) {
    return { code: err.code, message: err.message, ...(err.details !== undefined && { details: err.details }) }
  }
  if (err instanceof WecomError) {
    const code = err.busy ? 'wecom_busy' : err.errcode === -1000 ? 'wecom_failed' : 'wecom_refused'
    return { code, message: err.message, wecom: err.errcode }
  }
  if (isOneOf(AWAY, err)) return { code: 'database_away', message: '服务器暂时连不上数据库，请稍后再试' }
  return { code: 'internal', message: '服务器出错了，请稍后再试' }
}
