import * as z from 'zod/mini'
import { CustomerId, Instant } from './ids.ts'

/*
 * What the shop's other systems may do here, with a key. Each call brings a batch, an `Idempotency-Key` (a UUID; the same again answers the same
 * and does nothing) and gets an answer for each row: one bad row stops no other.
 */

export const OpenScope = z.enum(['orders', 'fields', 'events', 'products'])
export type OpenScope = z.infer<typeof OpenScope>

/** One route as data; `about` is what the OpenAPI document says of it. */
export interface OpenEndpoint<In extends z.ZodMiniType = z.ZodMiniType> {
  readonly method: 'post'
  readonly path: `/open/v1/${string}`
  readonly scope: OpenScope
  readonly about: string
  readonly input: In
}
const open = <In extends z.ZodMiniType>(endpoint: OpenEndpoint<In>): OpenEndpoint<In> => endpoint

export const MOST_ROWS = 500
const rowsOf = <Row extends z.ZodMiniType>(row: Row) => z.array(row).check(z.minLength(1), z.maxLength(MOST_ROWS))

/** What became of one row: its place in the batch, and where it was refused a code and a sentence. */
export const RowResult = z.object({
  row: z.number(),
  ok: z.boolean(),
  code: z.optional(z.enum(['invalid', 'unknown_customer', 'unknown_field', 'other_member'])),
  message: z.optional(z.string()),
})
export type RowResult = z.infer<typeof RowResult>
export const OpenAnswer = z.object({ stored: z.number(), refused: z.number(), rows: z.array(RowResult) })
export type OpenAnswer = z.infer<typeof OpenAnswer>

const text = (most: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(most))
const fen = z.int().check(z.gte(-1_000_000_000_000), z.lte(1_000_000_000_000))

export const OpenOrder = z.strictObject({
  number: text(64),
  /** A refund's quantities are negative. */
  kind: z._default(z.enum(['sale', 'refund']), 'sale'),
  at: Instant,
  /** The buyer's member number: unique in the source. */
  member: text(64),
  items: z
    .array(
      z.strictObject({
        sku: text(64),
        name: text(200),
        quantity: z.int().check(z.gte(-1_000_000), z.lte(1_000_000)),
        unitPriceFen: fen,
      }),
    )
    .check(z.minLength(1), z.maxLength(200)),
  country: z.optional(text(40)),
  store: z.optional(text(80)),
  channel: z.optional(text(40)),
  status: z.optional(text(40)),
  logistics: z.optional(text(120)),
  url: z.optional(text(500)),
  phone: z.optional(text(24)),
  unionId: z.optional(text(64)),
  externalUserId: z.optional(CustomerId),
})
export type OpenOrder = z.infer<typeof OpenOrder>

export const putOrders = open({
  method: 'post',
  path: '/open/v1/orders',
  scope: 'orders',
  about:
    'Orders, whole: an order that is there already is replaced. Amounts in hundredths (fen). Buyers are matched to customers afterwards.',
  input: z.strictObject({
    source: z.string().check(z.regex(/^[\w-]{1,40}$/)),
    currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
    orders: rowsOf(z.unknown()),
  }),
})

export const OpenField = z.strictObject({
  customer: CustomerId,
  /** The field's name as the admin wrote it. */
  field: text(40),
  value: z.nullable(
    z.union([z.string().check(z.maxLength(500)), z.number(), z.array(z.string()).check(z.maxLength(50))]),
  ),
})

export const putFields = open({
  method: 'post',
  path: '/open/v1/customers/fields',
  scope: 'fields',
  about: 'Values of custom fields, by external_userid and the field’s name; null empties one.',
  input: z.strictObject({ rows: rowsOf(z.unknown()) }),
})

export const OpenEvent = z.strictObject({
  customer: CustomerId,
  /** The same id again changes nothing. */
  id: text(64),
  title: text(60),
  detail: z.optional(z.string().check(z.maxLength(300))),
  at: Instant,
})

export const putEvents = open({
  method: 'post',
  path: '/open/v1/events',
  scope: 'events',
  about: 'What happened with a customer elsewhere (a visit, points, a service case): it stands on their timeline.',
  input: z.strictObject({ events: rowsOf(z.unknown()) }),
})

export const OpenProduct = z.strictObject({
  sku: text(64),
  name: text(200),
  /** Where the customer sees it; with it the product can be sent as a card. */
  url: z.optional(z.url().check(z.maxLength(2048))),
  picture: z.optional(z.url().check(z.maxLength(2048))),
  priceFen: z.optional(fen),
  inStock: z.boolean(),
})

export const putProducts = open({
  method: 'post',
  path: '/open/v1/products',
  scope: 'products',
  about: 'Products with their page, picture and stock. What is out of stock is not suggested to anybody.',
  input: z.strictObject({ products: rowsOf(z.unknown()) }),
})

/** The batch's rows are checked one by one, so that one bad row stops no other; the document shows their shape. */
export const OPEN: { endpoint: OpenEndpoint; list: string; row: z.ZodMiniType }[] = [
  { endpoint: putOrders, list: 'orders', row: OpenOrder },
  { endpoint: putFields, list: 'rows', row: OpenField },
  { endpoint: putEvents, list: 'events', row: OpenEvent },
  { endpoint: putProducts, list: 'products', row: OpenProduct },
]
