import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { CustomerId, Instant } from './ids.ts'

/**
 * A change of ours that WeCom does not have: still to come (`waiting`), or refused (`failed`: taken back here, `message` says why).
 * What WeCom has accepted is not listed.
 */
export const PendingWrite = z.object({
  id: z.string(),
  kind: z.enum(['tags', 'remark', 'message']),
  state: z.enum(['waiting', 'failed']),
  message: z.nullable(z.string()),
  createdAt: Instant,
})
export type PendingWrite = z.infer<typeof PendingWrite>

const Pending = z.object({ outbox: z.array(PendingWrite) })

/** Tries to bring what waits to WeCom now rather than in a while. Answers what is left. */
export const retryWrites = endpoint({
  method: 'post',
  path: '/api/customers/:customerId/outbox/retry',
  access: 'rep',
  input: z.object({ customerId: CustomerId }),
  output: Pending,
})

/** Takes a waiting change back, here as well; or puts a failed one out of sight. 404 for another member's, 409 while it is on its way. */
export const dropWrite = endpoint({
  method: 'post',
  path: '/api/customers/:customerId/outbox/:entryId/drop',
  access: 'rep',
  input: z.object({ customerId: CustomerId, entryId: z.string().check(z.regex(/^\d{1,18}$/)) }),
  output: Pending,
})
