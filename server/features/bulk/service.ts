import type { Batch } from '#shared/bulk.ts'
import type { BatchId, CustomerId, TagId } from '#shared/ids.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { derivedId } from '#server/db/derived-id.ts'
import { AppError } from '#server/errors.ts'
import { WecomError } from '#server/wecom/error.ts'
import { markOn, planMarks } from '../tags/service.ts'
import {
  finish,
  insertBatch,
  type PlacedTag,
  selectBatch,
  selectCandidates,
  selectPlaced,
  selectReverse,
  selectWaiting,
  settleRow,
  type WaitingRow,
} from './queries.ts'

interface Wanted {
  customers: CustomerId[]
  add: TagId[]
  remove: TagId[]
}

/** WeCom takes five calls at once from one of ours without pushing others aside. */
const AT_ONCE = 5

/** What would change for whom, by our copy and the rules that the change itself goes by. */
export async function previewBulk(ctx: Ctx, wanted: Wanted) {
  const placed = await placedOf(ctx, wanted)
  const plan = planMarks(wanted, placed)
  const nameOf = new Map(placed.map((tag) => [tag.id, tag.name]))
  const candidates = await selectCandidates(ctx.sql, memberOf(ctx), [...new Set(wanted.customers)])
  const rows = candidates.map(({ customerId, name, tagIds }) => {
    if (tagIds === null) return { customerId, name: '', add: [], remove: [], why: 'notYours' as const }
    const has = new Set(tagIds)
    const add = plan.add.filter((id) => !has.has(id))
    const remove = plan.remove.filter((id) => has.has(id))
    const named = (ids: string[]) => ids.map((id) => nameOf.get(id) ?? id)
    const same = add.length + remove.length === 0
    return {
      customerId,
      name: name ?? '',
      add: named(add),
      remove: named(remove),
      why: same ? ('same' as const) : null,
    }
  })
  return { rows, changing: rows.filter((row) => row.why === null).length }
}

/** 400 before anything is changed: nothing to do, or a tag that is gone. What contradicts itself `planMarks` refuses. */
async function placedOf(ctx: Ctx, { add, remove }: Wanted): Promise<PlacedTag[]> {
  if (add.length + remove.length === 0) throw new AppError('invalid_input', '请选要加或要去的标签')
  const placed = await selectPlaced(ctx.sql, [...add, ...remove])
  if (!add.every((id) => placed.some((tag) => tag.id === id)))
    throw new AppError('invalid_input', '有标签已经不存在了，请刷新后再选')
  return placed
}

/** Once for an id. Customers that are not the caller's are left out, as the preview said. */
export async function beginBulk(ctx: Ctx, { batch, ...wanted }: Wanted & { batch: BatchId }): Promise<Batch> {
  const { rows } = await previewBulk(ctx, wanted)
  const mine = rows
    .filter((row) => row.why !== 'notYours')
    .map(({ customerId }) => ({ customerId, add: wanted.add, remove: wanted.remove }))
  if (mine.length === 0) throw new AppError('not_found', '没有找到这些客户，或 TA 们不是你的客户')
  const userId = memberOf(ctx)
  await insertBatch(ctx.sql, { id: batch, userId, undoOf: null }, mine, ctx.now())
  const made = await selectBatch(ctx.sql, batch, userId)
  if (!made) throw new AppError('conflict', '这一批的编号已经用过了，请重新开始')
  return made
}

export async function readBulk(ctx: Ctx, { batchId }: { batchId: BatchId }): Promise<Batch> {
  const batch = await selectBatch(ctx.sql, batchId, memberOf(ctx))
  if (!batch) throw new AppError('not_found', '没有找到这一批')
  return batch
}

/** Only what the batch itself changed is turned round; what was changed since by hand stays. Asked twice it is done once. */
export async function undoBulk(ctx: Ctx, { batchId }: { batchId: BatchId }): Promise<Batch> {
  const batch = await readBulk(ctx, { batchId })
  const userId = memberOf(ctx)
  const id = derivedId(`undo ${batchId}`)
  const before = await selectBatch(ctx.sql, id, userId)
  if (before) return before
  if (!batch.undoable) throw new AppError('conflict', '这一批还没做完，或没有可以撤销的改动')
  await insertBatch(ctx.sql, { id, userId, undoOf: batchId }, await selectReverse(ctx.sql, batchId), ctx.now())
  return await readBulk(ctx, { batchId: id as BatchId })
}

/**
 * The job: five customers at once, each settled in the transaction of its own change, so that a worker that dies leaves a batch that goes on.
 * While WeCom is busy it stops; the change of the moment waits in the outbox, and the rest for the next run.
 */
export async function runBulk(ctx: Ctx, { batchId }: { batchId: string }): Promise<void> {
  for (;;) {
    const batch = await selectWaiting(ctx.sql, batchId, AT_ONCE)
    if (!batch || batch.rows.length === 0) break
    const busy = await Promise.all(batch.rows.map((row) => tagOne(ctx, batchId, batch.userId, row)))
    if (busy.includes(true)) throw new WecomError('bulk', -1, 'WeCom is busy', true)
  }
  await finish(ctx.sql, batchId, ctx.now())
}

/** true: WeCom is busy. */
async function tagOne(ctx: Ctx, batchId: string, userId: string, row: WaitingRow): Promise<boolean> {
  const key = { batchId, customerId: row.customerId }
  try {
    const { waiting } = await markOn(ctx, userId, row, { kind: 'batch' }, async (tx, did) => {
      const changed = did.added.length + did.removed.length > 0
      await settleRow(tx, key, { state: changed ? 'done' : 'same', ...did })
    })
    await settleRow(ctx.sql, key, { state: 'same' })
    return waiting
  } catch (error) {
    if (error instanceof WecomError && error.busy) return true
    if (!(error instanceof WecomError || error instanceof AppError)) throw error
    await settleRow(ctx.sql, key, { state: 'failed', message: error.message })
    return false
  }
}
