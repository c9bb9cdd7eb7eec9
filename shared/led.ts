import * as z from 'zod/mini'
import { Contact, OwnFollow } from './customers.ts'
import { endpoint } from './endpoint.ts'
import { CustomerId, Instant } from './ids.ts'
import { Order, SpendSummary } from './orders.ts'
import { CustomerTag } from './tags.ts'

/** A tie of a member in a department the caller leads, or in one below it. */
export const LedTie = z.object({
  customerId: CustomerId,
  name: z.string(),
  avatar: z.string(),
  remark: z.string(),
  followerId: z.string(),
  followerName: z.string(),
  addedAt: Instant,
  lastOrderedAt: z.nullable(Instant),
})
export type LedTie = z.infer<typeof LedTie>

/** Newest ties first, 50 to a page; `search` matches the customer's name and the remark, `follower` is one member's userid. */
export const listLedCustomers = endpoint({
  method: 'get',
  path: '/api/led/customers',
  access: 'manager',
  input: z.object({
    cursor: z.optional(z.string().check(z.maxLength(200))),
    search: z.optional(z.string().check(z.maxLength(40))),
    follower: z.optional(z.string().check(z.maxLength(64))),
  }),
  output: z.object({ ties: z.array(LedTie), nextCursor: z.nullable(z.string()) }),
})

export const LedCustomer = z.object({
  customer: Contact,
  followerId: z.string(),
  followerName: z.string(),
  follow: OwnFollow,
  tags: z.array(CustomerTag),
  summary: z.nullable(SpendSummary),
  orders: z.array(Order),
  asOf: Instant,
})
export type LedCustomer = z.infer<typeof LedCustomer>

/** One customer as one of the caller's people knows them. Recorded in the audit log. 404 alike for what is missing and what they do not lead. */
export const getLedCustomer = endpoint({
  method: 'get',
  path: '/api/led/customers/:customerId/of/:followerId',
  access: 'manager',
  input: z.object({ customerId: CustomerId, followerId: z.string().check(z.maxLength(64)) }),
  output: LedCustomer,
})
