import type { CustomerId } from '#shared/ids.ts'
import type { PendingWrite } from '#shared/outbox.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import type { Runner } from '#server/db/json.ts'
import { AppError, noSuchCustomer } from '#server/errors.ts'
import { WecomError } from '#server/wecom/error.ts'
import {
  hasWaiting,
  insertWrite,
  leaseNext,
  lockOwn,
  release,
  selectOutcome,
  selectPending,
  settle,
  settleDone,
  type Tie,
  undo,
} from './queries.ts'
import { nameOrigin, type Origin } from '#server/db/origin.ts'
import type { Write } from './tables.ts'

export { insertWrite, isWaiting, pendingJson, selectFields } from './queries.ts'

/**
 * Changes our copy and what WeCom must get of it in one transaction, then tries to bring it there at once. `waiting`: WeCom is
 * busy or out of reach, or earlier writes for this customer come first; a job brings it later. Throws WecomError when WeCom
 * refuses, after taking the change back.
 */
export async function writeOut<T>(
  ctx: Ctx,
  tie: Tie,
  change: (tx: Runner, now: Date) => Promise<{ value: T; write: Write } | undefined>,
  origin: Origin = { kind: 'sidebar' },
): Promise<{ value: T; waiting: boolean }> {
  const now = ctx.now()
  const { value, id } = await ctx.sql.begin(async (tx) => {
    await nameOrigin(tx, origin)
    const changed = await change(tx, now)
    if (!changed) throw noSuchCustomer()
    return { value: changed.value, id: await insertWrite(tx, tie, changed.write, now) }
  })
  const refused = await bring(ctx, tie.customerId)
  const mine = refused.get(id)
  if (mine) throw mine
  return { value, waiting: (await selectOutcome(ctx.sql, id)) === 'waiting' }
}

/**
 * Brings what waits for one customer to WeCom, oldest first, until nothing waits, somebody else brings it, or WeCom is busy.
 * Answers what was refused, by entry. Brought twice it ends in the same state: every write is a difference or a whole value.
 */
async function bring(ctx: Ctx, customerId: string): Promise<Map<string, WecomError>> {
  const refused = new Map<string, WecomError>()
  for (;;) {
    const next = await leaseNext(ctx.sql, customerId)
    if (!next) return refused
    if (next.moot !== null) {
      await settle(ctx.sql, next.id, { state: 'dropped', cause: null, message: next.moot }, ctx.now())
      continue
    }
    try {
      await send(ctx, next, next.write)
      await settleDone(ctx.sql, next.id, ctx.now())
    } catch (error) {
      if (!(error instanceof WecomError) || error.busy) {
        await release(ctx.sql, next.id)
        if (error instanceof WecomError) return refused
        throw error
      }
      const end = { state: 'failed' as const, cause: error.errcode, message: error.message }
      await ctx.sql.begin(async (tx) => {
        await nameOrigin(tx, { kind: 'undo' })
        await undo(tx, next, ctx.now())
        await settle(tx, next.id, end, ctx.now())
      })
      refused.set(next.id, error)
    }
  }
}

async function send(ctx: Ctx, { customerId, userId }: Tie, write: Write): Promise<void> {
  if (write.kind === 'tags') await ctx.wecom.markTags({ customerId, userId, add: write.add, remove: write.remove })
  else if (write.kind === 'remark') await ctx.wecom.editRemark({ customerId, userId, ...write.fields })
  else await ctx.wecom.sendCard({ ...write, url: `${ctx.config.publicUrl}${write.path}` })
}

/** The job: as `bring`, but throws when something is left, also what a dead worker still holds, so that it is done again. */
export async function bringWaiting(ctx: Ctx, { customerId }: { customerId: string }): Promise<void> {
  await bring(ctx, customerId)
  if (!(await hasWaiting(ctx.sql, customerId))) return
  throw new WecomError('outbox', -1, 'writes wait for WeCom', true)
}

export async function retryWrites(ctx: Ctx, { customerId }: { customerId: CustomerId }) {
  const tie = { customerId, userId: memberOf(ctx) }
  await pendingOf(ctx, tie)
  await bring(ctx, customerId)
  return { outbox: await pendingOf(ctx, tie) }
}

export async function dropWrite(ctx: Ctx, { customerId, entryId }: { customerId: CustomerId; entryId: string }) {
  const tie = { customerId, userId: memberOf(ctx) }
  await ctx.sql.begin(async (tx) => {
    const own = await lockOwn(tx, tie, entryId)
    if (!own) throw new AppError('not_found', '没有找到这项改动，可能已经写进企业微信')
    if (own.busy) throw new AppError('conflict', '正在写进企业微信，请过几秒再试')
    await nameOrigin(tx, { kind: 'undo' })
    if (own.state === 'waiting') await undo(tx, own, ctx.now())
    await settle(tx, entryId, { state: 'dropped', cause: null, message: null }, ctx.now())
  })
  return { outbox: await pendingOf(ctx, tie) }
}

async function pendingOf(ctx: Ctx, tie: Tie): Promise<PendingWrite[]> {
  const pending = await selectPending(ctx.sql, tie)
  if (!pending) throw noSuchCustomer()
  return pending
}
