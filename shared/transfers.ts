import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { BatchId, CustomerId, Instant } from './ids.ts'

/**
 * waiting: WeCom has not been asked yet. asked: WeCom hands the customer over after 24 hours unless they refuse. done, refused (by the customer),
 * full (the taker has as many customers as WeCom allows), failed (WeCom would not, see `why`).
 */
export const TransferState = z.enum(['waiting', 'asked', 'done', 'refused', 'full', 'failed'])
export type TransferState = z.infer<typeof TransferState>

const Person = z.object({ userId: z.string(), name: z.string() })

export const Transfer = z.object({
  id: z.string(),
  customerId: CustomerId,
  customerName: z.string(),
  from: Person,
  to: Person,
  by: z.string(),
  reason: z.string(),
  state: TransferState,
  /** WeCom's refusal in words. */
  why: z.nullable(z.string()),
  at: Instant,
  settledAt: z.nullable(Instant),
})
export type Transfer = z.infer<typeof Transfer>

/** WeCom takes so many customers of one member at once. */
export const MOST_TRANSFERRED = 100

/**
 * Hands customers of members the caller leads to another member they lead. `batch` is an id the page makes up; the same again changes nothing.
 * `message` is what WeCom tells the customers once it is done. 404 where one of the ties is not the caller's to give.
 */
export const beginTransfer = endpoint({
  method: 'post',
  path: '/api/led/transfers',
  access: 'manager',
  input: z.object({
    batch: BatchId,
    ties: z
      .array(z.object({ customer: CustomerId, follower: z.string().check(z.maxLength(64)) }))
      .check(z.minLength(1), z.maxLength(MOST_TRANSFERRED)),
    to: z.string().check(z.maxLength(64)),
    reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
    message: z.string().check(z.trim(), z.maxLength(200)),
  }),
  output: z.object({ transfers: z.array(Transfer) }),
})

/** Of everybody the caller leads, newest first, 50 to a page. */
export const listTransfers = endpoint({
  method: 'get',
  path: '/api/led/transfers',
  access: 'manager',
  input: z.object({ cursor: z.optional(z.string().check(z.maxLength(200))) }),
  output: z.object({ transfers: z.array(Transfer), nextCursor: z.nullable(z.string()) }),
})

/** Who may take customers over: members at work whom the caller leads. */
export const listTakers = endpoint({
  method: 'get',
  path: '/api/led/takers',
  access: 'manager',
  input: z.object({}),
  output: z.object({
    members: z.array(z.extend(Person, { storeName: z.nullable(z.string()), customers: z.number() })),
  }),
})
