import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { CustomerId, Instant } from './ids.ts'

export const TasteKind = z.enum(['category', 'colour', 'size', 'band', 'rhythm'])
export type TasteKind = z.infer<typeof TasteKind>

/** `category:针织衫`: what lists filter by and “not so” is said of. */
export const TasteWord = z.string().check(z.regex(/^(category|colour|size|band|rhythm):[^\p{C}]{1,60}$/u))

/** The record a taste was read from: an order's line or a note's words. */
export const TasteRow = z.object({
  source: z.enum(['order', 'note']),
  id: z.string(),
  at: Instant,
  text: z.string(),
})

export type TasteRow = z.infer<typeof TasteRow>

/** What a customer likes. `count`: purchases and notes that say so; `rows`: the newest of them. Of a rhythm `count` is the gaps between purchases, `days` the middle one. */
export const Taste = z.object({
  word: z.string(),
  kind: TasteKind,
  value: z.string(),
  count: z.number(),
  days: z.optional(z.number()),
  rows: z.array(TasteRow),
})
export type Taste = z.infer<typeof Taste>

/** Price of one piece in yuan, from and below: `band:0` … `band:4`. */
export const BANDS = [
  [0, 100],
  [100, 300],
  [300, 800],
  [800, 2000],
  [2000, null],
] as const

/** Days between two purchases, the middle of them, from and below: `rhythm:0` … `rhythm:4`. */
export const RHYTHMS = [
  [0, 10],
  [10, 21],
  [21, 45],
  [45, 120],
  [120, null],
] as const

/** “Not so” (`denied`), or so after all. Counts for colleagues too: it is one customer. */
export const denyTaste = endpoint({
  method: 'put',
  path: '/api/customers/:customerId/tastes',
  access: 'rep',
  input: z.object({ customerId: CustomerId, word: TasteWord, denied: z.boolean() }),
  output: z.object({ ok: z.literal(true) }),
})
