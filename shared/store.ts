import * as z from 'zod/mini'
import { Contact } from './customers.ts'
import { endpoint } from './endpoint.ts'
import { CustomerId, Instant, TagId } from './ids.ts'
import { Order, SpendSummary } from './orders.ts'
import { CustomerTag, TagGroup } from './tags.ts'

/** A customer somebody of the caller's store follows. No remark, description or phone: those are their follower's. */
export const StoreCustomer = z.object({
  customer: Contact,
  followers: z.array(z.string()),
  tags: z.array(CustomerTag),
  addedAt: Instant,
})
export type StoreCustomer = z.infer<typeof StoreCustomer>

/** Newest first, 50 to a page; `untagged` those without any corp tag. */
export const listStoreCustomers = endpoint({
  method: 'get',
  path: '/api/store/customers',
  access: 'clerk',
  input: z.object({
    cursor: z.optional(z.string().check(z.maxLength(200))),
    untagged: z.optional(z.literal('true')),
  }),
  output: z.object({ customers: z.array(StoreCustomer), nextCursor: z.nullable(z.string()) }),
})

export const getStoreCustomer = endpoint({
  method: 'get',
  path: '/api/store/customers/:customerId',
  access: 'clerk',
  input: z.object({ customerId: CustomerId }),
  output: z.extend(StoreCustomer, { summary: z.nullable(SpendSummary), orders: z.array(Order) }),
})

/** The corp's tags for the counter; `recent`: what the caller put on lately, the most often first. `untagged`: how many are left to do. */
export const listStoreTags = endpoint({
  method: 'get',
  path: '/api/store/tags',
  access: 'clerk',
  input: z.object({}),
  output: z.object({ groups: z.array(TagGroup), recent: z.array(TagId), untagged: z.number() }),
})

/**
 * Adds and removes tags on the tie through which the caller's store knows this customer: their own, else the oldest of a colleague's, and the record
 * says who did it. Answers the customer's tags on that tie. `waiting`: WeCom has not got it yet.
 */
export const markStoreTags = endpoint({
  method: 'post',
  path: '/api/store/customers/:customerId/tags',
  access: 'clerk',
  input: z.object({
    customerId: CustomerId,
    add: z.array(TagId).check(z.maxLength(20)),
    remove: z.array(TagId).check(z.maxLength(20)),
  }),
  output: z.object({ tags: z.array(CustomerTag), waiting: z.boolean() }),
})
