import type { ErrorCode } from '#shared/errors.ts'

/** A failure the caller is told about: `code` for engineers, `message` a Chinese sentence for the user. */
export class AppError extends Error {
  readonly code: ErrorCode
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'AppError'
    this.code = code
  }
}

/** The same answer whether the customer does not exist or belongs to a colleague. */
export const noSuchCustomer = () => new AppError('not_found', '没有找到这位客户，或 TA 不是你的客户')
