import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { GuardVerdict } from './guard.ts'
import { CustomerId, Instant } from './ids.ts'
import { NextAction } from './next.ts'
import { ConnectionSegment, PurchaseSegment } from './rfm.ts'
import { Taste } from './tastes.ts'

const Repurchase = z.object({
  category: z.string(),
  from: Instant,
  until: Instant,
  due: z.enum(['now', 'later']),
  gapDays: z.number(),
  spreadDays: z.number(),
  gaps: z.number(),
  lastAt: Instant,
  orderId: z.string(),
  name: z.string(),
})

const Product = z.object({
  sku: z.string(),
  name: z.string(),
  url: z.nullable(z.string()),
  picture: z.nullable(z.string()),
  /** Whose best-seller it is; null: the whole shop's, or none. */
  store: z.nullable(z.string()),
  because: z.nullable(
    z.object({
      name: z.string(),
      orderId: z.string(),
      at: Instant,
      together: z.number(),
      confidence: z.number(),
      lift: z.number(),
      cosine: z.number(),
    }),
  ),
})

const Standing = z.object({ purchase: z.nullable(PurchaseSegment), connection: ConnectionSegment })

/** What the assistant has to say of one customer, asked for once the card is painted. A part that cannot prove itself is absent. */
export const Aside = z.object({
  /** Where one more promotion would not be welcome. */
  guard: z.optional(GuardVerdict),
  /** Kinds of things they will likely want again, from the days given; `gaps` of their own. `due` now: the days have come. */
  repurchase: z.optional(z.array(Repurchase)),
  /** By BG/NBD: the chance that they still buy here, and purchases of the next 90 days. */
  standing: z.optional(z.object({ alive: z.number(), expected: z.number() })),
  /** One product they never had. `because` null: the best-seller of the caller's store (or of the shop), for who bought nothing yet. */
  product: z.optional(Product),
  tastes: z.optional(z.array(Taste)),
  /** The one thing to do next. */
  next: z.optional(NextAction),
  /** They came from a colleague (null: whom WeCom does not name) within the last 14 days, and the brief is worth reading. */
  handover: z.optional(z.object({ from: z.nullable(z.string()), at: Instant })),
  /** In words; `purchase` null: never bought. `history`: each change by the day it was found, the newest first. */
  segments: z.optional(z.extend(Standing, { history: z.array(z.extend(Standing, { day: z.string() })) })),
})
export type Aside = z.infer<typeof Aside>

export const getAside = endpoint({
  method: 'get',
  path: '/api/customers/:customerId/aside',
  access: 'rep',
  input: z.object({ customerId: CustomerId }),
  output: Aside,
})
