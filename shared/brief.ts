import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { CustomerId, Instant } from './ids.ts'

/** In the order of the sheet: who this is, what they need, what we owe them, what they bought, what not to do, how to speak with them. */
export const BriefPart = z.enum(['who', 'needs', 'promises', 'purchases', 'donts', 'tone'])
export type BriefPart = z.infer<typeof BriefPart>

/** What a line was read from. `id`: of the note, task, order, tag, transfer or send; of a taste its word; else the customer's. */
export const BriefRecord = z.object({
  kind: z.enum(['follow', 'tag', 'segment', 'transfer', 'note', 'task', 'order', 'refusal', 'guard', 'taste', 'send']),
  id: z.string(),
  /** The caller's own, which they may open and change. */
  mine: z.boolean(),
})
export type BriefRecord = z.infer<typeof BriefRecord>

/** `text`: at most 60 characters. `more`: the record itself in words; `by`: who wrote it, `at`: when. `secret`: from a note of the caller's that nobody else may read; not printed. */
export const BriefLine = z.object({
  id: z.string(),
  part: BriefPart,
  text: z.string(),
  record: BriefRecord,
  more: z.string(),
  at: z.nullable(Instant),
  by: z.nullable(z.string()),
  secret: z.boolean(),
})
export type BriefLine = z.infer<typeof BriefLine>

/** At most 12 lines. `readAt`: when it was put together. */
export const Brief = z.object({
  customerId: CustomerId,
  name: z.string(),
  followerName: z.string(),
  lines: z.array(BriefLine),
  readAt: Instant,
})
export type Brief = z.infer<typeof Brief>

const Of = z.object({ customerId: CustomerId })
const Led = z.object({ customerId: CustomerId, followerId: z.string().check(z.maxLength(64)) })
/** Who printed it, and when: what the foot of the sheet says. */
const Printed = z.object({ by: z.string(), at: Instant })

/** One customer on one page, every line with the record it was read from. No model: the same records give the same lines. */
export const getBrief = endpoint({
  method: 'get',
  path: '/api/customers/:customerId/brief',
  access: 'rep',
  input: Of,
  output: Brief,
})

/** The same of a customer of somebody the caller leads, without what anybody keeps to themselves. Recorded. */
export const getLedBrief = endpoint({
  method: 'get',
  path: '/api/led/customers/:customerId/of/:followerId/brief',
  access: 'manager',
  input: Led,
  output: Brief,
})

/** Said before the sheet goes to a printer; recorded. */
export const printBrief = endpoint({
  method: 'post',
  path: '/api/customers/:customerId/brief/print',
  access: 'rep',
  input: Of,
  output: Printed,
})

export const printLedBrief = endpoint({
  method: 'post',
  path: '/api/led/customers/:customerId/of/:followerId/brief/print',
  access: 'manager',
  input: Led,
  output: Printed,
})

/**
 * The lines in a model's words: each sentence says which lines it was made from. null: there is no model, no draft is left today, or a sentence said more than its
 * lines; then the lines stand as they are. Counts as one draft.
 */
export const wordBrief = endpoint({
  method: 'post',
  path: '/api/customers/:customerId/brief/wording',
  access: 'rep',
  input: Of,
  output: z.object({ lines: z.nullable(z.array(z.object({ text: z.string(), ids: z.array(z.string()) }))) }),
})

/** The home no longer offers the brief of a customer who was handed over (or offers it again). */
export const dismissBrief = endpoint({
  method: 'put',
  path: '/api/customers/:customerId/brief/dismissed',
  access: 'rep',
  input: z.object({ customerId: CustomerId, dismissed: z.boolean() }),
  output: z.object({ ok: z.literal(true) }),
})
