import type { PromisedFrom, Task } from '#shared/task.ts'
import { run, type Runner } from '#server/db/json.ts'

/** A row `t` of tasks as the contract's Task. */
export const taskJson = `json_build_object('id', t.id, 'title', t.title, 'dueAt', t.due_at, 'remindAt', t.remind_at, 'repeat', t.repeat,
  'state', t.state, 'createdAt', t.created_at, 'settledAt', t.settled_at)`

/** SQL text: the next open task of a row `f` of follows, or null. */
export const nextTaskJson = `(
  select ${taskJson} from tasks t
  where t.customer_id = f.customer_id and t.user_id = f.user_id and t.state = 'open' order by t.due_at, t.id limit 1)`

export interface TaskKey {
  customerId: string
  userId: string
  taskId: string
}

export interface TaskWords {
  title: string
  dueAt: Date
  remindAt: Date | null
  repeat: string | null
}

const TIE = `f.customer_id = $1 and f.user_id = $2 and f.ended_at is null`

const INSERT = `
  insert into tasks (id, customer_id, user_id, note_id, title, due_at, remind_at, repeat, created_at, promised_from)
  select $3::uuid, f.customer_id, f.user_id, $4::uuid, $5, $6::timestamptz, $7::timestamptz, $8, $9::timestamptz, $10
  from follows f where ${TIE}
  on conflict (id) do nothing`

/** Once for an id. */
export async function insertTask(
  sql: Runner,
  key: TaskKey,
  words: TaskWords,
  from: { noteId: string | null; promisedFrom: PromisedFrom | null },
  now: Date,
): Promise<void> {
  const { title, dueAt, remindAt, repeat } = words
  const values = [key.customerId, key.userId, key.taskId, from.noteId, title, dueAt, remindAt, repeat, now]
  await run(sql, INSERT, [...values, from.promisedFrom])
}

const ONE = `
  select ${taskJson} as task from tasks t join follows f on f.customer_id = t.customer_id and f.user_id = t.user_id
  where ${TIE} and t.id = $3::uuid`

/** The caller's own, of a customer they follow. */
export async function selectTask(sql: Runner, key: TaskKey): Promise<Task | undefined> {
  const [row] = await run<{ task: Task }>(sql, ONE, [key.customerId, key.userId, key.taskId])
  return row?.task
}

const LIST = `
  select coalesce((select json_agg(${taskJson} order by t.due_at, t.id) from tasks t
    where t.customer_id = f.customer_id and t.user_id = f.user_id and t.state = 'open'), '[]') as tasks
  from follows f where ${TIE}`

export async function selectOpenTasks(sql: Runner, customerId: string, userId: string): Promise<Task[] | undefined> {
  const [row] = await run<{ tasks: Task[] }>(sql, LIST, [customerId, userId])
  return row?.tasks
}

const CHANGE = `
  update tasks t set title = $4, due_at = $5::timestamptz, remind_at = $6::timestamptz, repeat = $7
  where t.id = $3::uuid and t.customer_id = $1 and t.user_id = $2`

export async function updateTaskRow(sql: Runner, key: TaskKey, words: TaskWords): Promise<void> {
  const { title, dueAt, remindAt, repeat } = words
  await run(sql, CHANGE, [key.customerId, key.userId, key.taskId, title, dueAt, remindAt, repeat])
}

const SETTLE = `
  update tasks t set state = $4, settled_at = case when $4 = 'open' then null else $5::timestamptz end
  where t.id = $3::uuid and t.customer_id = $1 and t.user_id = $2 and t.state <> $4`

export async function settleTaskRow(sql: Runner, key: TaskKey, state: Task['state'], now: Date): Promise<void> {
  await run(sql, SETTLE, [key.customerId, key.userId, key.taskId, state, now])
}

/** Takes the one that follows back, unless it was already done. */
export async function deleteOpen(sql: Runner, key: TaskKey): Promise<void> {
  const text = `delete from tasks where id = $3::uuid and customer_id = $1 and user_id = $2 and state = 'open'`
  await run(sql, text, [key.customerId, key.userId, key.taskId])
}
