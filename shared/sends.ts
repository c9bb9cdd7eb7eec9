import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { CustomerId, Instant, ReplyId } from './ids.ts'

/** ok = handed to the chat (not: delivered); cancelled by the member; failed with the client's raw reason. */
export const SendOutcome = z.enum(['ok', 'cancelled', 'failed'])
export type SendOutcome = z.infer<typeof SendOutcome>

/**
 * Stores what became of one part handed to the chat. `key` names the attempt: the same key again changes nothing and answers the same.
 * `content` is what the customer would see (text, name of a file, title of a card).
 */
export const recordSend = endpoint({
  method: 'post',
  path: '/api/customers/:customerId/sends',
  access: 'rep',
  input: z.object({
    customerId: CustomerId,
    key: z.uuid(),
    replyId: z.nullable(ReplyId),
    part: z.int().check(z.gte(0), z.lte(50)),
    partType: z.enum(['text', 'image', 'link', 'file', 'video', 'miniprogram']),
    content: z.string().check(z.maxLength(4000)),
    outcome: SendOutcome,
    reason: z.nullable(z.string().check(z.maxLength(500))),
    /** The rep says that it answers the customer. */
    answering: z.optional(z.boolean()),
    /** It sells something, whatever its words: the card of a product nobody asked for. */
    promoting: z.optional(z.boolean()),
  }),
  output: z.object({ sentAt: Instant }),
})

/** When each reply last reached this customer's chat from the caller: “已发过”. */
export const listSent = endpoint({
  method: 'get',
  path: '/api/customers/:customerId/sent',
  access: 'rep',
  input: z.object({ customerId: CustomerId }),
  output: z.object({ sent: z.array(z.object({ replyId: ReplyId, at: Instant })) }),
})
