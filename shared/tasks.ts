import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { CustomerId, Instant, TaskId } from './ids.ts'
import { PromisedFrom, Repeat, Task } from './task.ts'

const title = z.string().check(z.trim(), z.minLength(1), z.maxLength(200))
const Moment = z.iso.datetime()

/** `task` is an id the page makes up. Quiet hours put a reminder off until they end. `promisedFrom`: the member confirmed that it was promised to the customer. */
export const NewTask = z.object({
  task: TaskId,
  title,
  dueAt: Moment,
  remind: z.boolean(),
  repeat: z.nullable(Repeat),
  promisedFrom: z.optional(PromisedFrom),
})
export type NewTask = z.infer<typeof NewTask>

export const createTask = endpoint({
  method: 'post',
  path: '/api/customers/:customerId/tasks',
  access: 'rep',
  input: z.extend(NewTask, { customerId: CustomerId }),
  output: Task,
})

/** Another title, day or reminder: snoozing is a later `dueAt`. */
export const updateTask = endpoint({
  method: 'put',
  path: '/api/customers/:customerId/tasks/:taskId',
  access: 'rep',
  input: z.object({
    customerId: CustomerId,
    taskId: TaskId,
    title: z.optional(title),
    dueAt: z.optional(Moment),
    remind: z.optional(z.boolean()),
    repeat: z.optional(z.nullable(Repeat)),
  }),
  output: Task,
})

/** Done, given up, or open again. A repeating one that is done answers with the `next`; opening it again takes that one back. */
export const settleTask = endpoint({
  method: 'put',
  path: '/api/customers/:customerId/tasks/:taskId/state',
  access: 'rep',
  input: z.object({ customerId: CustomerId, taskId: TaskId, state: z.enum(['open', 'done', 'dropped']) }),
  output: z.object({ task: Task, next: z.nullable(Task) }),
})

export const listTasks = endpoint({
  method: 'get',
  path: '/api/customers/:customerId/tasks',
  access: 'rep',
  input: z.object({ customerId: CustomerId }),
  output: z.object({ tasks: z.array(Task) }),
})

/** Why a customer is on today's list. */
export const TodayKind = z.enum(['overdue', 'returned', 'due', 'unanswered', 'cold', 'birthday'])
export type TodayKind = z.infer<typeof TodayKind>

/**
 * One row a customer, the most pressing reason first. `returned`: a note of theirs is to be reworked. `unanswered`: added within a week and nothing said yet (WeCom tells no messages
 * without its archive). `cold`: has bought, or stands in an open stage, and nothing was said for 30 days. `at`: since when, or when.
 */
export const TodayRow = z.object({
  customerId: CustomerId,
  name: z.string(),
  kind: TodayKind,
  /** Every reason of this customer, for the filters. */
  kinds: z.array(TodayKind),
  at: Instant,
  task: z.nullable(Task),
})
export type TodayRow = z.infer<typeof TodayRow>

/** At most 200 rows; `counts` of all. */
export const getToday = endpoint({
  method: 'get',
  path: '/api/today',
  access: 'rep',
  input: z.object({ kind: z.optional(TodayKind) }),
  output: z.object({ rows: z.array(TodayRow), counts: z.record(TodayKind, z.number()) }),
})
