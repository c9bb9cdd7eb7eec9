/**
 * WeCom said no, or could not be reached. `errcode` is WeCom's own, or -1000 for a network failure or a time-out.
 * `message` is a Chinese sentence with advice for the user; never a token, secret, ticket or url.
 */
export class WecomError extends Error {
  readonly errcode: number
  readonly api: string
  /** Worth trying again later: WeCom is busy, limited or out of reach. */
  readonly busy: boolean
  constructor(api: string, errcode: number, message: string, busy: boolean, options?: ErrorOptions) {
    super(message, options)
    this.name = 'WecomError'
    this.api = api
    this.errcode = errcode
    this.busy = busy
  }
}
