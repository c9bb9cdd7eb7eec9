import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { CustomerId, Instant } from './ids.ts'

/** One customer's data, deleted on request. `mark` names it without saying who it was. */
export const Erasure = z.object({
  mark: z.string(),
  by: z.string(),
  reason: z.string(),
  state: z.enum(['waiting', 'done']),
  /** Rows deleted, by table. */
  rows: z.record(z.string(), z.number()),
  askedAt: Instant,
  doneAt: z.nullable(Instant),
})
export type Erasure = z.infer<typeof Erasure>

export const listErasures = endpoint({
  method: 'get',
  path: '/api/admin/erasures',
  access: 'admin',
  input: z.object({}),
  output: z.object({ erasures: z.array(Erasure) }),
})

/**
 * Deletes everything that is known of a customer: ties, notes with their files, tasks, sends, fields, purchases. What stays is a keyed mark, so that neither
 * a sync nor a restored backup brings them back. There is no way back. 404 for nobody's id.
 */
export const eraseCustomer = endpoint({
  method: 'post',
  path: '/api/admin/erasures',
  access: 'admin',
  input: z.object({ customer: CustomerId, reason: z.string().check(z.trim(), z.minLength(2), z.maxLength(200)) }),
  output: Erasure,
})
