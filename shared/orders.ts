import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { CustomerId, Instant } from './ids.ts'

/** One line of an order. `unitPriceFen` in hundredths of the order's currency. */
export const OrderItem = z.object({
  sku: z.string(),
  name: z.string(),
  quantity: z.number(),
  unitPriceFen: z.number(),
})
export type OrderItem = z.infer<typeof OrderItem>

/** A refund carries negative quantities and a negative amount; sales and refunds are never netted here. */
export const Order = z.object({
  id: z.string(),
  orderNumber: z.string(),
  kind: z.enum(['sale', 'refund']),
  orderedAt: Instant,
  currency: z.string(),
  amountFen: z.number(),
  discountFen: z.number(),
  store: z.nullable(z.string()),
  channel: z.nullable(z.string()),
  status: z.nullable(z.string()),
  logistics: z.nullable(z.string()),
  productUrl: z.nullable(z.string()),
  items: z.array(OrderItem),
})
export type Order = z.infer<typeof Order>

/** Spend and orders count sales only; refunds stand beside them. `months` maps `YYYY-MM` to sales in that month. */
export const SpendSummary = z.object({
  currency: z.string(),
  orderCount: z.number(),
  spendFen: z.number(),
  refundCount: z.number(),
  refundFen: z.number(),
  firstOrderedAt: Instant,
  lastOrderedAt: Instant,
  months: z.record(z.string(), z.number()),
})
export type SpendSummary = z.infer<typeof SpendSummary>

/** Newest first, twenty a page, keyset-paged: hand `nextCursor` back to go on; null is the end. `years` lists the years that hold orders. */
export const listOrders = endpoint({
  method: 'get',
  path: '/api/customers/:customerId/orders',
  access: 'rep',
  input: z.object({
    customerId: CustomerId,
    cursor: z.optional(z.string().check(z.maxLength(80))),
    year: z.optional(z.coerce.number().check(z.gte(1970), z.lte(2200))),
    product: z.optional(z.string().check(z.maxLength(60))),
  }),
  output: z.object({ orders: z.array(Order), nextCursor: z.nullable(z.string()), years: z.array(z.number()) }),
})

/** These orders are somebody else's: the customer and that buyer are strangers again, and are not matched anew. Recorded. */
export const disownOrders = endpoint({
  method: 'post',
  path: '/api/customers/:customerId/orders/disown',
  access: 'rep',
  input: z.object({ customerId: CustomerId }),
  output: z.object({ ok: z.literal(true) }),
})
