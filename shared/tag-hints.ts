import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { CustomerId, Instant, NoteId, TagId } from './ids.ts'
import { TagTone } from './tags.ts'

/** Of the customers with the one, `share` (0–1) carry the suggested tag too, `both` of them in number; of all customers `usual` do. */
const Together = { share: z.number(), both: z.number(), usual: z.number() }

/**
 * What a suggested tag rests on. tag: another tag of this customer. order: what their orders show (`taste`: category:…, colour:…, size:…, band:0–4, or
 * rhythm:month, quarter, half), with the newest line that shows it where there is one. note: words of the caller's own note. rule: a tag rule of the admins that holds for them.
 */
export const TagBecause = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tag'), name: z.string(), ...Together }),
  z.object({
    kind: z.literal('order'),
    taste: z.string(),
    ...Together,
    row: z.nullable(z.object({ id: z.string(), at: Instant, text: z.string() })),
  }),
  z.object({ kind: z.literal('note'), note: NoteId, at: Instant, excerpt: z.string() }),
  z.object({ kind: z.literal('rule'), name: z.string(), why: z.string() }),
])
export type TagBecause = z.infer<typeof TagBecause>

export const TagHint = z.object({
  id: TagId,
  name: z.string(),
  group: z.string(),
  tone: TagTone,
  /** The strongest first, at most two. */
  because: z.array(TagBecause),
})
export type TagHint = z.infer<typeof TagHint>

/** Three tags at most that the customer probably wants; none that cannot be proved, was turned down within 30 days or would be a second of a single-choice group. */
export const listTagHints = endpoint({
  method: 'get',
  path: '/api/customers/:customerId/tag-hints',
  access: 'rep',
  input: z.object({ customerId: CustomerId }),
  output: z.object({ hints: z.array(TagHint).check(z.maxLength(3)) }),
})

/** Whether it was right. Turned down, it is quiet for 30 days, for colleagues too: it is one customer. null takes the answer back. */
export const answerTagHint = endpoint({
  method: 'put',
  path: '/api/customers/:customerId/tag-hints',
  access: 'rep',
  input: z.object({ customerId: CustomerId, tag: TagId, answer: z.nullable(z.enum(['accepted', 'rejected'])) }),
  output: z.object({ ok: z.literal(true) }),
})

/**
 * Leave-one-out over customers with two tags and more: one tag is hidden and foretold. `cases` customers, of which it spoke of `spoken` and showed `shown` tags (three
 * at most each), `hits` of them the hidden one. `usualHits`: the most frequent tags in the same number on the same customers. `usualTop`: hits of the three most frequent on all cases.
 */
export const TagTrial = z.object({
  cases: z.number(),
  spoken: z.number(),
  shown: z.number(),
  hits: z.number(),
  usualHits: z.number(),
  usualTop: z.number(),
})
export type TagTrial = z.infer<typeof TagTrial>

/** With fewer customers spoken of nothing is proved. */
export const ENOUGH_SPOKEN = 30
/** precision@3 beyond that of the most frequent tags: only then it is shown to reps. */
export const isProved = ({ spoken, hits, usualHits }: TagTrial): boolean => spoken >= ENOUGH_SPOKEN && hits > usualHits

/** How good the suggestions are: by tags together, by orders; and what members answered in 90 days. `at` null: never measured. */
export const getTagTrial = endpoint({
  method: 'get',
  path: '/api/admin/tag-trial',
  access: 'admin',
  input: z.object({}),
  output: z.object({
    at: z.nullable(Instant),
    customers: z.number(),
    tags: z.nullable(TagTrial),
    orders: z.nullable(TagTrial),
    accepted: z.number(),
    rejected: z.number(),
  }),
})
