import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { CustomerId, Instant } from './ids.ts'

/** What reached a customer: to many at once, of our own accord to sell something, or an answer and service. */
export const TouchKind = z.enum(['mass', 'promotion', 'service'])
export type TouchKind = z.infer<typeof TouchKind>

const Weight = z.number().check(z.gte(0), z.lte(10))
const Limit = z.number().check(z.gte(0.1), z.lte(100))

/**
 * How much of us a customer bears. `weights` per kind of touch; pressure from `warnAt` on warns, from `blockAt` on stops; `weekly`: promotions and mass
 * messages in seven days; `monthly`: mass messages in a calendar month (WeCom's own limit is one for each of its days).
 */
export const GuardRules = z.object({
  weights: z.object({ mass: Weight, promotion: Weight, service: Weight }),
  warnAt: Limit,
  blockAt: Limit,
  weekly: z.int().check(z.gte(1), z.lte(100)),
  monthly: z.int().check(z.gte(1), z.lte(31)),
})
export type GuardRules = z.infer<typeof GuardRules>

/** Why: `value` beside `limit` where it is a number (pressure, touches, messages of this month), `until` where it ends by itself. */
export const GuardReason = z.object({
  kind: z.enum(['refused', 'pressure', 'weekly', 'monthly', 'quiet', 'rhythm']),
  stops: z.boolean(),
  value: z.nullable(z.number()),
  limit: z.nullable(z.number()),
  until: z.nullable(Instant),
})
export type GuardReason = z.infer<typeof GuardReason>

/** Whether one more promotion is welcome now. An answer to the customer always is. */
export const GuardVerdict = z.object({
  verdict: z.enum(['allow', 'warn', 'block']),
  pressure: z.number(),
  /** Promotions and mass messages of the last seven days. */
  week: z.number(),
  reasons: z.array(GuardReason),
  /** Whom it is about, as the caller calls them. */
  customer: z.string(),
  /** The newest promotion or mass message of the last eight weeks; `title`: what was said, where the caller said it. */
  last: z.nullable(z.object({ at: Instant, mine: z.boolean(), title: z.nullable(z.string()) })),
})
export type GuardVerdict = z.infer<typeof GuardVerdict>

/** One touch. `title` is what was said to them, where the caller said it; a colleague's words are not shown. */
export const Touch = z.object({
  at: Instant,
  kind: TouchKind,
  mine: z.boolean(),
  title: z.nullable(z.string()),
  weight: z.number(),
})
export type Touch = z.infer<typeof Touch>

const Refusal = z.object({ at: Instant, by: z.string(), reason: z.string() })

/** The verdict with what it rests on: the touches that still weigh something, newest first. */
export const getGuard = endpoint({
  method: 'get',
  path: '/api/customers/:customerId/guard',
  access: 'rep',
  input: z.object({ customerId: CustomerId }),
  output: z.object({
    name: z.string(),
    verdict: GuardVerdict,
    rules: GuardRules,
    touches: z.array(Touch),
    refusal: z.nullable(Refusal),
  }),
})

const Reason = z.string().check(z.trim(), z.minLength(2), z.maxLength(200))

/** The customer asked not to be contacted (`reason`: in which words), or takes that back (null). Counts for all colleagues, and is recorded. */
export const setRefusal = endpoint({
  method: 'put',
  path: '/api/customers/:customerId/guard/refusal',
  access: 'rep',
  input: z.object({ customerId: CustomerId, reason: z.nullable(Reason) }),
  output: z.object({ refused: z.boolean() }),
})

/** Said before a message goes out against the guard. Recorded with the verdict of that moment; `allowed` is always true: it is the rep who decides. */
export const overrideGuard = endpoint({
  method: 'post',
  path: '/api/customers/:customerId/guard/override',
  access: 'rep',
  input: z.object({ customerId: CustomerId, reason: Reason, content: z.string().check(z.maxLength(500)) }),
  output: z.object({ allowed: z.literal(true) }),
})

/** `chosen` false: nobody has saved any yet. */
export const getGuardRules = endpoint({
  method: 'get',
  path: '/api/admin/guard',
  access: 'admin',
  input: z.object({}),
  output: z.object({ rules: GuardRules, chosen: z.boolean() }),
})

export const saveGuardRules = endpoint({
  method: 'put',
  path: '/api/admin/guard',
  access: 'admin',
  input: z.object({ rules: GuardRules }),
  output: z.object({ rules: GuardRules, chosen: z.boolean() }),
})

/** What these rules would have said to the promotions of the last 30 days, were they sent as they were. `more`: only the newest 50,000 touches were looked at. */
export const previewGuard = endpoint({
  method: 'post',
  path: '/api/admin/guard/preview',
  access: 'admin',
  input: z.object({ rules: GuardRules }),
  output: z.object({
    promotions: z.number(),
    allow: z.number(),
    warn: z.number(),
    block: z.number(),
    customers: z.number(),
    more: z.boolean(),
  }),
})
