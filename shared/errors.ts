import * as z from 'zod/mini'

/** Every way a request can fail, and the status it travels under. */
export const ERROR_STATUS = {
  invalid_input: 400,
  unauthenticated: 401,
  forbidden: 403,
  forbidden_origin: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  too_many_requests: 429,
  internal: 500,
  wecom_failed: 502,
  wecom_refused: 422,
  wecom_busy: 503,
  database_away: 503,
} as const
export type ErrorCode = keyof typeof ERROR_STATUS

/** What a failed request answers. `message` is a Chinese sentence for the user; `wecom` is WeCom's own errcode where it was WeCom that refused. */
export const ErrorBody = z.object({
  error: z.object({
    code: z.enum(Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]]),
    message: z.string(),
    requestId: z.string(),
    wecom: z.optional(z.number()),
    /** What the page needs to go on; a contract that sends it says what it is. */
    details: z.optional(z.unknown()),
  }),
})
export type ErrorBody = z.infer<typeof ErrorBody>
