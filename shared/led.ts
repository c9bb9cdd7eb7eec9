import * as z from 'zod/mini'
import { BookFilters } from './book.ts'
import { Contact, OwnFollow } from './customers.ts'
import { endpoint } from './endpoint.ts'
import { CustomerId, Instant } from './ids.ts'
import { Order, SpendSummary } from './orders.ts'
import { CustomerTag } from './tags.ts'
import { TimelineEntry, TimelineFilter } from './timeline.ts'

/** A tie of a member in a department the caller leads, or in one below it. */
export const LedTie = z.object({
  customerId: CustomerId,
  name: z.string(),
  avatar: z.string(),
  remark: z.string(),
  followerId: z.string(),
  followerName: z.string(),
  tags: z.array(CustomerTag),
  stage: z.nullable(z.string()),
  addedAt: Instant,
  touchedAt: z.nullable(Instant),
  lastOrderedAt: z.nullable(Instant),
})
export type LedTie = z.infer<typeof LedTie>

/**
 * With the filters and orders of a rep's own list, 50 to a page; `follower` is one member's userid. `total` comes with the first page, and is 10,001 where
 * there are more.
 */
export const listLedCustomers = endpoint({
  method: 'get',
  path: '/api/led/customers',
  access: 'manager',
  input: z.extend(BookFilters, {
    cursor: z.optional(z.string().check(z.maxLength(300))),
    follower: z.optional(z.string().check(z.maxLength(64))),
  }),
  output: z.object({ ties: z.array(LedTie), nextCursor: z.nullable(z.string()), total: z.nullable(z.number()) }),
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

/** What happened with one customer, as one of the caller's people tells it, without their private notes. Newest first, 30 to a page. */
export const listLedTimeline = endpoint({
  method: 'get',
  path: '/api/led/customers/:customerId/of/:followerId/timeline',
  access: 'manager',
  input: z.object({
    customerId: CustomerId,
    followerId: z.string().check(z.maxLength(64)),
    filter: z.optional(TimelineFilter),
    cursor: z.optional(z.string().check(z.maxLength(200))),
  }),
  output: z.object({ entries: z.array(TimelineEntry), nextCursor: z.nullable(z.string()) }),
})
