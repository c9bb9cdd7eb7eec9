import type { ErrorCode } from '#shared/errors.ts'

/** A failure the caller is told about: `code` for engineers, `message` a Chinese sentence for the user. */
export class AppError extends Error {
  readonly code: ErrorCode
  /** What the page needs to go on, as the contract says; never more than the caller may see. */
  readonly details: unknown
  constructor(code: ErrorCode, message: string, options?: ErrorOptions & { details?: unknown }) {
    super(message, options)
    this.details = options?.details
    this.name = 'AppError'
    this.code = code
  }
}

/** The same answer whether the customer does not exist or belongs to a colleague. */
export const noSuchCustomer = () => new AppError('not_found', '没有找到这位客户，或 TA 不是你的客户')
