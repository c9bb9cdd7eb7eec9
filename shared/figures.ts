import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { CustomerId, Instant } from './ids.ts'

/**
 * What a manager's figures count. Each is a set of rows, some of which `count`; the figure is a share, a mean or a sum over them. Times are by the
 * shop's clock, the period ends at `asOf`.
 *
 * coverage: of ties that were sent something, those with a note in the period too (share).
 * quality: the mean score of scored notes, 0–10. passed: of notes judged one by one, those that passed (share).
 * kept: of promises whose day is over, those done by its end (share).
 * promised: the same of tasks that the member confirmed as a promise to the customer, read in a note or in words sent (share). Given up before the end of
 * its day it is no longer due; given up later it was not kept.
 * activity: of ties owned, those in which both sides did something: we sent or noted, they bought or answered (share; a proxy, for WeCom tells
 * no messages without its archive).
 * replied, replyTime: WeCom's own daily statistics of members: share of chats begun by customers that were answered the same day, and the mean
 * minutes to the first answer; null, never 0, where WeCom has none.
 * harm: of days on which a customer was sent something, a week earlier than the period, those after which the tie ended within seven days (share).
 * assisted: money of orders within seven days after something was sent, given to whoever sent last; refunds take it back (sum, fen).
 * library: of messages sent, those that came from the reply library (share).
 */
export const FigureId = z.enum([
  'coverage',
  'quality',
  'passed',
  'kept',
  'promised',
  'activity',
  'replied',
  'replyTime',
  'harm',
  'assisted',
  'library',
])
export type FigureId = z.infer<typeof FigureId>

/** What can be opened as rows: a figure, the ties of a month of adding, or those that lived to a day of the curve. */
export const RowSet = z.enum([...FigureId.options, 'retention', 'survival'])
export type RowSet = z.infer<typeof RowSet>

/** Fewer rows than this are shown, and not ranked: chance would do the ranking. */
export const RANKED_FROM = 20

export const figureFilters = {
  days: z.optional(z.enum(['7', '30', '90'])),
  store: z.optional(z.string().check(z.regex(/^\d{1,9}$/))),
  member: z.optional(z.string().check(z.maxLength(64))),
}
/** `month`: of adding (retention). `after`: so many whole months (retention) or days (survival). */
export const rowFilters = {
  ...figureFilters,
  month: z.optional(z.string().check(z.regex(/^\d{4}-(0[1-9]|1[0-2])$/))),
  after: z.optional(z.string().check(z.regex(/^\d{1,4}$/))),
}

/** `value`: a share 0–1, a mean, or fen. `n`: how many rows it is of. Null: nothing to say. */
export const Figure = z.object({
  id: FigureId,
  value: z.nullable(z.number()),
  n: z.number(),
  /** The same of everybody the caller leads, where a store or a member is chosen. */
  team: z.nullable(z.number()),
  /** By week (or by day for seven days), oldest first. What is counted a week back (harm) stands at the week in which it was known. */
  trend: z.array(z.object({ at: z.string(), value: z.nullable(z.number()), n: z.number() })),
})
export type Figure = z.infer<typeof Figure>

/** Ties by the month they began: how many, and of those how many still stood after 0, 1, 2 … whole months (null: not lived so long yet). */
export const Cohort = z.object({ month: z.string(), n: z.number(), kept: z.array(z.nullable(z.number())) })
/** Kaplan–Meier, every thirty days: the share of ties that live beyond so many days, and how many had lived so long. */
export const SurvivalPoint = z.object({ day: z.number(), share: z.number(), atRisk: z.number() })

export const Figures = z.object({
  asOf: Instant,
  from: Instant,
  /** Being counted for the first time: ask again in some seconds. */
  pending: z.optional(z.boolean()),
  /** Somewhat old, and being counted anew: ask again in some seconds. */
  recounting: z.optional(z.boolean()),
  /** Of money; null where nothing was sold. */
  currency: z.nullable(z.string()),
  figures: z.array(Figure),
  cohorts: z.array(Cohort),
  survival: z.array(SurvivalPoint),
  stores: z.array(z.object({ id: z.number(), name: z.string() })),
  members: z.array(z.object({ userId: z.string(), name: z.string() })),
})
export type Figures = z.infer<typeof Figures>

/** All figures of whom the caller leads. Taken anew when older than ten minutes, unless that takes long: then a job does, and `asOf` tells. */
export const getFigures = endpoint({
  method: 'get',
  path: '/api/figures',
  access: 'manager',
  input: z.object(figureFilters),
  output: Figures,
})

export const FigureMember = z.object({
  userId: z.string(),
  name: z.string(),
  value: z.nullable(z.number()),
  n: z.number(),
  /** Of `assisted`: credit shared evenly among all who sent something before. */
  linear: z.nullable(z.number()),
})
export type FigureMember = z.infer<typeof FigureMember>

/** One figure by member, by the clock of the figure: ranked by value from 20 rows up, the others behind by name. */
export const getFigureMembers = endpoint({
  method: 'get',
  path: '/api/figures/:figure/members',
  access: 'manager',
  input: z.object({ figure: FigureId, ...figureFilters, asOf: z.optional(Instant) }),
  output: z.object({ members: z.array(FigureMember) }),
})

/** Of ties `text` is the day on which one ended (`YYYY-MM-DD`), else empty. `counts`: it is among those the share counts. `customerName` null: nobody the caller leads follows them any more, or it is no customer's row. */
export const FigureRow = z.object({
  id: z.string(),
  userId: z.string(),
  memberName: z.string(),
  customerId: z.nullable(CustomerId),
  customerName: z.nullable(z.string()),
  at: Instant,
  counts: z.boolean(),
  amount: z.nullable(z.number()),
  text: z.string(),
})
export type FigureRow = z.infer<typeof FigureRow>

/** Exactly the rows of one figure or of ties, newest first, 50 to a page; `total` and `counted` come with the first. `asOf`: the moment of the figure that was clicked. */
export const listFigureRows = endpoint({
  method: 'get',
  path: '/api/figures/:figure/rows',
  access: 'manager',
  input: z.object({
    figure: RowSet,
    ...rowFilters,
    asOf: z.optional(Instant),
    cursor: z.optional(z.string().check(z.maxLength(300))),
  }),
  output: z.object({
    rows: z.array(FigureRow),
    nextCursor: z.nullable(z.string()),
    total: z.nullable(z.number()),
    counted: z.nullable(z.number()),
  }),
})
