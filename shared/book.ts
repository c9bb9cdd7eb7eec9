import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { CustomerId, Instant, TagId, ViewId } from './ids.ts'
import { ConnectionSegment, PurchaseSegment } from './rfm.ts'
import { CustomerTag } from './tags.ts'
import { TasteWord } from './tastes.ts'

/** `touched`, `ordered`: at least so many days ago (never counts); `never`: not at all. `source`: WeCom's add_way. */
const Ago = z.enum(['7', '30', '90', '365', 'never'])
export const BookFilters = z.object({
  q: z.optional(z.string().check(z.maxLength(40))),
  tag: z.optional(TagId),
  stage: z.optional(z.string().check(z.maxLength(40))),
  touched: z.optional(Ago),
  ordered: z.optional(Ago),
  source: z.optional(z.string().check(z.regex(/^\d{1,3}$/))),
  untagged: z.optional(z.literal('true')),
  /** What they like, by its word. */
  taste: z.optional(TasteWord),
  segment: z.optional(PurchaseSegment),
  connection: z.optional(ConnectionSegment),
  /** A cell of the grid: value and influence, `34`. */
  cell: z.optional(z.string().check(z.regex(/^[0-5][1-5]$/))),
  sort: z.optional(z.enum(['added', 'touched', 'ordered'])),
})
export type BookFilters = z.infer<typeof BookFilters>

export const BookRow = z.object({
  customerId: CustomerId,
  name: z.string(),
  remark: z.string(),
  avatar: z.string(),
  tags: z.array(CustomerTag),
  stage: z.nullable(z.string()),
  addedAt: Instant,
  touchedAt: z.nullable(Instant),
  lastOrderedAt: z.nullable(Instant),
})
export type BookRow = z.infer<typeof BookRow>

/**
 * The caller's own customers, 50 to a page. `q`: name, remark, how both sound, the last digits of a phone, or what a custom field says. Sorted by when added (newest
 * first), last contact (longest ago first) or last order (newest first). `total` comes with the first page.
 */
export const listBook = endpoint({
  method: 'get',
  path: '/api/book',
  access: 'rep',
  input: z.extend(BookFilters, { cursor: z.optional(z.string().check(z.maxLength(200))) }),
  output: z.object({ rows: z.array(BookRow), nextCursor: z.nullable(z.string()), total: z.nullable(z.number()) }),
})

/** What the filters offer: the corp's tags by group. */
export const getBookKit = endpoint({
  method: 'get',
  path: '/api/book/kit',
  access: 'rep',
  input: z.object({}),
  output: z.object({
    groups: z.array(z.object({ name: z.string(), single: z.boolean(), tags: z.array(CustomerTag) })),
    stages: z.array(z.object({ id: z.string(), name: z.string() })),
    /** What the shop's customers like, as `category:杯` and so on, of each kind the most usual first. */
    tastes: z.array(z.string()),
    views: z.array(z.object({ id: ViewId, name: z.string(), filters: BookFilters })),
  }),
})

/** A view under an id the page makes up, or one of the caller's own again. */
export const saveView = endpoint({
  method: 'post',
  path: '/api/book/views',
  access: 'rep',
  input: z.object({
    view: ViewId,
    name: z.string().check(z.trim(), z.minLength(1), z.maxLength(20)),
    filters: BookFilters,
  }),
  output: z.object({ ok: z.literal(true) }),
})

export const deleteView = endpoint({
  method: 'delete',
  path: '/api/book/views/:viewId',
  access: 'rep',
  input: z.object({ viewId: ViewId }),
  output: z.object({ ok: z.literal(true) }),
})
