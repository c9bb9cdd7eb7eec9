import type * as z from 'zod/mini'
import type { Endpoint, Input, Output } from '#shared/endpoint.ts'
import { ErrorBody, type ErrorCode } from '#shared/errors.ts'

/** A request that failed: the server's code and sentence, WeCom's errcode where it was WeCom, or `offline`. */
export class ApiError extends Error {
  readonly code: ErrorCode | 'offline'
  readonly wecom: number | undefined
  readonly details: unknown
  constructor(code: ErrorCode | 'offline', message: string, wecom?: number, details?: unknown) {
    super(message)
    this.name = 'ApiError'
    this.code = code
    this.wecom = wecom
    this.details = details
  }
}

/**
 * The one way the browser talks to the server. Throws ApiError, or the abort of `signal`. With a `key` (a uuid) the request may be repeated:
 * it is done once.
 */
export async function call<E extends Endpoint>(
  e: E,
  input: Input<E>,
  signal?: AbortSignal,
  key?: string,
): Promise<Output<E>> {
  const { url, rest } = addressed(e, input)
  // The first card comes by the page's own script, so the HTTP library may arrive after it is painted.
  const { http } = await import('./http.ts')
  const sent = e.method === 'get' ? { params: rest } : { data: rest }
  try {
    const { data } = await http.request<unknown>({
      method: e.method,
      url,
      ...sent,
      ...(signal && { signal }),
      ...(key && { headers: { 'idempotency-key': key } }),
    })
    return readAnswer(e, data)
  } catch (error) {
    throw toApiError(error)
  }
}

/** The path with what it names put in; `rest` goes along as the query or the body. */
export function addressed<E extends Endpoint>(e: E, input: Input<E>): { url: string; rest: Record<string, unknown> } {
  const rest: Record<string, unknown> = { ...input }
  const url = e.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = rest[name]
    delete rest[name]
    return encodeURIComponent(String(value))
  })
  return { url, rest }
}

/** An answer is parsed by the contract whichever way it came. */
export const readAnswer = <E extends Endpoint>(e: E, data: unknown): Output<E> =>
  e.output.parse(data) as z.output<E['output']>

/** The error of an answer that was not 2xx. */
export function errorOf(data: unknown): ApiError {
  const body = ErrorBody.safeParse(data)
  if (!body.success) return new ApiError('internal', '')
  const { code, message, wecom, details } = body.data.error
  return new ApiError(code, message, wecom, details)
}

/** A request without an answer is `offline`; an abort stays what it is. */
function toApiError(error: unknown): unknown {
  if (!isFailedRequest(error) || error.code === 'ERR_CANCELED') return error
  return error.response ? errorOf(error.response.data) : new ApiError('offline', error.message)
}

const isFailedRequest = (error: unknown): error is Error & { code?: string; response?: { data: unknown } } =>
  error instanceof Error && 'isAxiosError' in error
