import type { CustomerId, TaskId } from '#shared/ids.ts'
import type { Repeat, Task } from '#shared/task.ts'
import type { NewTask } from '#shared/tasks.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import type { Runner } from '#server/db/json.ts'
import { derivedId } from '#server/db/derived-id.ts'
import { AppError, noSuchCustomer } from '#server/errors.ts'
import { outsideQuiet } from '../quiet/service.ts'
import {
  deleteOpen,
  insertTask,
  selectOpenTasks,
  selectTask,
  settleTaskRow,
  type TaskKey,
  type TaskWords,
  updateTaskRow,
} from './queries.ts'
import { nextDue } from './repeat.ts'

export { nextTaskJson, taskJson } from './queries.ts'

interface Wanted {
  customerId: CustomerId
}

const noSuchTask = () => new AppError('not_found', '没有找到这项待办')

/** Once for an id: the same again answers what is there. 404 for a customer who is not the caller's. */
export async function createTask(ctx: Ctx, { customerId, ...task }: Wanted & NewTask): Promise<Task> {
  return await addTask(ctx, ctx.sql, customerId, task, null)
}

/** The same within a transaction, for a note's next step. */
export async function addTask(
  ctx: Ctx,
  tx: Runner,
  customerId: string,
  task: NewTask,
  noteId: string | null,
): Promise<Task> {
  const key = { customerId, userId: memberOf(ctx), taskId: task.task }
  const from = { noteId, promisedFrom: task.promisedFrom ?? null }
  await insertTask(tx, key, await wordsOf(ctx, tx, task), from, ctx.now())
  const stored = await selectTask(tx, key)
  if (stored) return stored
  if (!(await selectOpenTasks(tx, customerId, key.userId))) throw noSuchCustomer()
  throw new AppError('conflict', '这项待办的编号已经用过了，请重新新建')
}

async function wordsOf(
  ctx: Ctx,
  sql: Runner,
  task: { title: string; dueAt: string; remind: boolean; repeat: Repeat | null },
): Promise<TaskWords> {
  const dueAt = new Date(task.dueAt)
  const remindAt = task.remind ? await outsideQuiet(ctx, sql, dueAt) : null
  return { title: task.title, dueAt, remindAt, repeat: task.repeat }
}

/** Another title, day or reminder; a settled task is history. */
export async function updateTask(
  ctx: Ctx,
  wanted: Wanted & {
    taskId: TaskId
    title?: string | undefined
    dueAt?: string | undefined
    remind?: boolean | undefined
    repeat?: Repeat | null | undefined
  },
): Promise<Task> {
  const key = keyOf(ctx, wanted)
  const task = await selectTask(ctx.sql, key)
  if (!task) throw noSuchTask()
  if (task.state !== 'open') throw new AppError('conflict', '这项待办已经结束了，请先恢复再改')
  const { title = task.title, dueAt = task.dueAt, remind = task.remindAt !== null, repeat = task.repeat } = wanted
  await updateTaskRow(ctx.sql, key, await wordsOf(ctx, ctx.sql, { title, dueAt, remind, repeat }))
  return await mustHave(ctx.sql, key)
}

/** Done twice is done once; the task that a repeating one leads to is made once and taken back with it. */
export async function settleTask(ctx: Ctx, wanted: Wanted & { taskId: TaskId; state: Task['state'] }) {
  const key = keyOf(ctx, wanted)
  return await ctx.sql.begin(async (tx) => {
    const before = await selectTask(tx, key)
    if (!before) throw noSuchTask()
    await settleTaskRow(tx, key, wanted.state, ctx.now())
    const task = await mustHave(tx, key)
    if (!task.repeat) return { task, next: null }
    const nextKey = { ...key, taskId: derivedId(`after ${key.taskId}`) }
    if (wanted.state !== 'done') {
      await deleteOpen(tx, nextKey)
      return { task, next: null }
    }
    const dueAt = nextDue(new Date(task.dueAt), task.repeat, ctx.now()).toISOString()
    const next = { title: task.title, dueAt, remind: task.remindAt !== null, repeat: task.repeat }
    await insertTask(tx, nextKey, await wordsOf(ctx, tx, next), { noteId: null, promisedFrom: null }, ctx.now())
    return { task, next: await mustHave(tx, nextKey) }
  })
}

export async function listTasks(ctx: Ctx, { customerId }: Wanted): Promise<{ tasks: Task[] }> {
  const tasks = await selectOpenTasks(ctx.sql, customerId, memberOf(ctx))
  if (!tasks) throw noSuchCustomer()
  return { tasks }
}

const keyOf = (ctx: Ctx, { customerId, taskId }: Wanted & { taskId: TaskId }): TaskKey => ({
  customerId,
  userId: memberOf(ctx),
  taskId,
})

async function mustHave(sql: Runner, key: TaskKey): Promise<Task> {
  const task = await selectTask(sql, key)
  if (!task) throw noSuchTask()
  return task
}
