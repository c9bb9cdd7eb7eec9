import * as z from 'zod/mini'
import { Instant, TaskId } from './ids.ts'

export const Repeat = z.enum(['daily', 'weekly', 'monthly'])
export type Repeat = z.infer<typeof Repeat>

/** Where a promise to a customer was read: in a note, or in words that were sent. */
export const PromisedFrom = z.enum(['note', 'send'])
export type PromisedFrom = z.infer<typeof PromisedFrom>

/** `remindAt` null: no reminder. `repeat`: another one follows when it is done. */
export const Task = z.object({
  id: TaskId,
  title: z.string(),
  dueAt: Instant,
  remindAt: z.nullable(Instant),
  repeat: z.nullable(Repeat),
  state: z.enum(['open', 'done', 'dropped']),
  createdAt: Instant,
  settledAt: z.nullable(Instant),
})
export type Task = z.infer<typeof Task>
