import * as z from 'zod/mini'
import { Contact } from './customers.ts'
import { endpoint } from './endpoint.ts'
import { CustomerId, Instant } from './ids.ts'
import { Order, SpendSummary } from './orders.ts'
import { CustomerTag } from './tags.ts'

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
