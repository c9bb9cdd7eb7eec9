import * as z from 'zod/mini'
import { Contact } from './customers.ts'
import { endpoint } from './endpoint.ts'
import { Flag } from './flags.ts'
import { CommentId, CustomerId, Instant, NoteId, SampleId } from './ids.ts'
import { Note } from './notes.ts'
import { Order, SpendSummary } from './orders.ts'
import { CurrentStage } from './stage.ts'
import { CustomerTag } from './tags.ts'
import { Task } from './task.ts'

/** passed: in order. returned: the rep is to rework it. escalated: a matter of the rules (合规), told to whoever else leads its author. */
export const Verdict = z.enum(['passed', 'returned', 'escalated'])
export type Verdict = z.infer<typeof Verdict>

/** 0 missing, 1 partly, 2 there: the need, its evidence, the next step with a date, tags and stage that fit, and the rules kept. */
export const RUBRIC = ['need', 'evidence', 'next', 'consistent', 'compliant'] as const
const Score = z.union([z.literal(0), z.literal(1), z.literal(2)])
export const Scores = z.object({ need: Score, evidence: Score, next: Score, consistent: Score, compliant: Score })
export type Scores = z.infer<typeof Scores>

const Person = z.object({ userId: z.string(), name: z.string() })

/** flagged: some rule was met. low: none. done: judged, and not changed since. */
export const ReviewTab = z.enum(['flagged', 'low', 'done'])
export type ReviewTab = z.infer<typeof ReviewTab>

const wanted = {
  /** Notes written in so many days, today counted; by the shop's clock. */
  days: z.optional(z.enum(['1', '7', '30'])),
  /** A department the caller leads, or one below it. */
  store: z.optional(z.string().check(z.regex(/^\d{1,9}$/))),
  q: z.optional(z.string().check(z.maxLength(40))),
  /** Among what is done. */
  verdict: z.optional(Verdict),
}

export const ReviewItem = z.object({
  noteId: NoteId,
  author: Person,
  customerId: CustomerId,
  customerName: z.string(),
  storeName: z.nullable(z.string()),
  body: z.string(),
  createdAt: Instant,
  version: z.number(),
  flags: z.array(Flag),
  verdict: z.nullable(Verdict),
  /** Passed with others of which a sample was looked at. */
  sampled: z.boolean(),
  /** The caller has seen this text. */
  read: z.boolean(),
})
export type ReviewItem = z.infer<typeof ReviewItem>

/** Newest first, 50 to a page; the counts and the stores come with the first. Private notes are not in it. */
export const listReview = endpoint({
  method: 'get',
  path: '/api/review',
  access: 'manager',
  input: z.object({ tab: ReviewTab, ...wanted, cursor: z.optional(z.string().check(z.maxLength(200))) }),
  output: z.object({
    items: z.array(ReviewItem),
    nextCursor: z.nullable(z.string()),
    counts: z.nullable(z.record(ReviewTab, z.number())),
    stores: z.nullable(z.array(z.object({ id: z.number(), name: z.string() }))),
  }),
})

export const Comment = z.object({
  id: CommentId,
  author: Person,
  body: z.string(),
  /** The comment it answers. */
  replyTo: z.nullable(CommentId),
  mentions: z.array(Person),
  at: Instant,
})
export type Comment = z.infer<typeof Comment>

const Judged = z.object({
  verdict: Verdict,
  by: Person,
  at: Instant,
  version: z.number(),
  scores: z.nullable(Scores),
  sampled: z.boolean(),
})

/** All that a judgement needs, in one answer. Seeing it is recorded once per manager and text. */
export const ReviewNote = z.object({
  item: ReviewItem,
  note: Note,
  versions: z.array(z.object({ version: z.number(), body: z.string(), savedAt: Instant })),
  judged: z.nullable(Judged),
  comments: z.array(Comment),
  task: z.nullable(Task),
  stage: z.nullable(CurrentStage),
  customer: Contact,
  tags: z.array(CustomerTag),
  summary: z.nullable(SpendSummary),
  orders: z.array(Order),
  /** Monday to Sunday of the note's week: whether its author was in contact on that day. */
  week: z.array(z.boolean()),
  earlier: z.array(z.object({ id: NoteId, body: z.string(), createdAt: Instant, mine: z.boolean() })),
  earlierCount: z.number(),
  /** The author's calendar month. */
  month: z.object({ notes: z.number(), withNext: z.number(), redLines: z.number() }),
  /** Whom a comment may call: the author, and who else leads them. */
  people: z.array(Person),
})
export type ReviewNote = z.infer<typeof ReviewNote>

const noteOf = z.object({ ledNoteId: NoteId })

export const getReviewNote = endpoint({
  method: 'get',
  path: '/api/review/notes/:ledNoteId',
  access: 'manager',
  input: noteOf,
  output: ReviewNote,
})

const words = z.string().check(z.trim(), z.minLength(1), z.maxLength(1000))
const mentions = z.array(z.string().check(z.maxLength(64))).check(z.maxLength(20))

/**
 * `review` is an id the page makes up; the same again changes nothing. `version`: the text that was judged; 409 when the rep has saved another
 * since. Returning a note, and any `comment`, is told to its author by an app message, the comment to whoever it mentions, and what is escalated to whoever
 * else leads the author.
 */
export const judgeNote = endpoint({
  method: 'post',
  path: '/api/review/notes/:ledNoteId/verdict',
  access: 'manager',
  input: z.extend(noteOf, {
    review: z.uuid(),
    version: z.number().check(z.gte(1)),
    verdict: Verdict,
    scores: z.nullable(Scores),
    comment: z.nullable(words),
    replyTo: z.nullable(CommentId),
    mentions,
  }),
  output: z.object({ item: ReviewItem }),
})

/** Takes the caller's own last verdict back, as if it had not been given. */
export const undoVerdict = endpoint({
  method: 'post',
  path: '/api/review/notes/:ledNoteId/undo',
  access: 'manager',
  input: z.extend(noteOf, { review: z.uuid() }),
  output: z.object({ item: ReviewItem }),
})

const said = { comment: CommentId, body: words, replyTo: z.nullable(CommentId), mentions }

export const commentNote = endpoint({
  method: 'post',
  path: '/api/review/notes/:ledNoteId/comments',
  access: 'manager',
  input: z.extend(noteOf, said),
  output: z.object({ comments: z.array(Comment) }),
})

/** A note that is worth imitating, in words without the customer, among everybody's beginnings. */
export const keepAsTemplate = endpoint({
  method: 'post',
  path: '/api/review/notes/:ledNoteId/template',
  access: 'manager',
  input: z.extend(noteOf, {
    title: z.string().check(z.trim(), z.minLength(1), z.maxLength(20)),
    body: z.string().check(z.trim(), z.minLength(1), z.maxLength(1000)),
  }),
  output: z.object({ ok: z.literal(true) }),
})

/** Draws a tenth of the low-risk notes, three at least. `sample` is an id the page makes up; the same again answers the same draw. */
export const drawSample = endpoint({
  method: 'post',
  path: '/api/review/samples',
  access: 'manager',
  input: z.object({ sample: SampleId, days: wanted.days, store: wanted.store }),
  output: z.object({ items: z.array(ReviewItem), rest: z.number() }),
})

/** Passes what was not drawn, once all that was drawn is passed; each says that a sample stood for it. 409 before. */
export const passSample = endpoint({
  method: 'post',
  path: '/api/review/samples/:sampleId/pass',
  access: 'manager',
  input: z.object({ sampleId: SampleId }),
  output: z.object({ passed: z.number() }),
})

/** What became of the caller's own note: the verdict, what was said, and how it read before. */
export const getNoteReview = endpoint({
  method: 'get',
  path: '/api/customers/:customerId/notes/:noteId/review',
  access: 'rep',
  input: z.object({ customerId: CustomerId, noteId: NoteId }),
  output: z.object({ judged: z.nullable(Judged), comments: z.array(Comment), flags: z.array(Flag) }),
})

/** The author answers. Whoever judged or spoke is told. */
export const answerReview = endpoint({
  method: 'post',
  path: '/api/customers/:customerId/notes/:noteId/comments',
  access: 'rep',
  input: z.object({ customerId: CustomerId, noteId: NoteId, ...said }),
  output: z.object({ comments: z.array(Comment) }),
})
