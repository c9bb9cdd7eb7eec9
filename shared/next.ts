import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { CustomerId, Instant, NoteId } from './ids.ts'
import { Task } from './task.ts'

/**
 * What one could do next, the most pressing first. overdue, due: a promise, late or of today. returned: a note a leader wants reworked. unanswered: added
 * within a week and nothing said yet (a proxy, as on the day's list). repurchase: the days of buying again have come. birthday: within seven days.
 * cold: worth something, and silent.
 */
export const NEXT_KINDS = ['overdue', 'returned', 'unanswered', 'due', 'repurchase', 'birthday', 'cold'] as const
export const NextKind = z.enum(NEXT_KINDS)
export type NextKind = z.infer<typeof NextKind>

/**
 * `fact`: what it rests on; another text once that has changed. `at`: since when, or when. `days`: whole days of China's calendar from then to now (late, silent),
 * or from now to then (birthday). `about`: what is wanted again, or in which segment they are.
 */
export const NextAction = z.object({
  kind: NextKind,
  fact: z.string(),
  at: Instant,
  days: z.number(),
  about: z.nullable(z.string()),
  task: z.nullable(Task),
  noteId: z.nullable(NoteId),
})
export type NextAction = z.infer<typeof NextAction>

/** taken: what it offers was begun. dismissed: quiet for this customer and kind until the fact changes, seven days at most. shown: neither, after all. */
export const settleNext = endpoint({
  method: 'put',
  path: '/api/customers/:customerId/next',
  access: 'rep',
  input: z.object({
    customerId: CustomerId,
    kind: NextKind,
    fact: z.string().check(z.maxLength(200)),
    outcome: z.enum(['taken', 'dismissed', 'shown']),
  }),
  output: z.object({ ok: z.literal(true) }),
})

/** `shown`: customers by members by days on which it stood there; of those `taken` and `dismissed`. `customers`: how many they were. */
export const NextFigure = z.object({
  kind: NextKind,
  shown: z.number(),
  taken: z.number(),
  dismissed: z.number(),
  customers: z.number(),
})
export type NextFigure = z.infer<typeof NextFigure>

/** Of everybody the caller leads, in the last so many days of China's calendar. Kinds that were never shown are absent. */
export const getNextFigures = endpoint({
  method: 'get',
  path: '/api/led/next',
  access: 'manager',
  input: z.object({ days: z.optional(z.enum(['7', '30', '90'])) }),
  output: z.object({ from: Instant, figures: z.array(NextFigure) }),
})
