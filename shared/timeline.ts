import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { CustomerId, Instant } from './ids.ts'

/** Groups of kinds, as the filters offer them. */
export const TimelineFilter = z.enum(['notes', 'tasks', 'orders', 'sends', 'tags', 'tie'])
export type TimelineFilter = z.infer<typeof TimelineFilter>

export const TimelineKind = z.enum([
  'note',
  'task',
  'task_done',
  'sale',
  'refund',
  'send',
  'tags',
  'remark',
  'stage',
  'field',
  'outside',
  'added',
  'ended',
  'returned',
])
export type TimelineKind = z.infer<typeof TimelineKind>

/**
 * One entry. `id` is `<source>:<row>` and stays the same for ever. `who`: whose act it was, null where it was the customer's or nobody's.
 * `detail` holds what its kind shows: texts, names of tags, amounts in fen.
 */
export const TimelineEntry = z.object({
  id: z.string(),
  kind: TimelineKind,
  at: Instant,
  who: z.nullable(z.string()),
  detail: z.record(z.string(), z.unknown()),
  pinned: z.boolean(),
})
export type TimelineEntry = z.infer<typeof TimelineEntry>

/** Newest first, 30 to a page. `pins` come with the first page only. */
export const listTimeline = endpoint({
  method: 'get',
  path: '/api/customers/:customerId/timeline',
  access: 'rep',
  input: z.object({
    customerId: CustomerId,
    filter: z.optional(TimelineFilter),
    cursor: z.optional(z.string().check(z.maxLength(200))),
  }),
  output: z.object({
    entries: z.array(TimelineEntry),
    pins: z.array(TimelineEntry),
    nextCursor: z.nullable(z.string()),
  }),
})

export const setPin = endpoint({
  method: 'put',
  path: '/api/customers/:customerId/timeline/pin',
  access: 'rep',
  input: z.object({
    customerId: CustomerId,
    entry: z.string().check(z.regex(/^[a-z_]{1,20}:[\w.@-]{1,64}$/)),
    pinned: z.boolean(),
  }),
  output: z.object({ ok: z.literal(true) }),
})
