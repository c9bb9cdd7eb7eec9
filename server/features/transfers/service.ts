import type { BatchId, CustomerId } from '#shared/ids.ts'
import type { Transfer } from '#shared/transfers.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { cutPage, readCursor, writeCursor } from '#server/db/cursor.ts'
import { AppError, noSuchCustomer } from '#server/errors.ts'
import { enqueue } from '#server/jobs/enqueue.ts'
import { inWords } from '#server/wecom/advice.ts'
import { WecomError } from '#server/wecom/error.ts'
import { record } from '../audit/service.ts'
import {
  countLed,
  type Found,
  insertTransfers,
  selectBatch,
  selectPairs,
  selectTakers,
  selectTransfers,
  selectWaiting,
  settleAsked,
  settleResults,
} from './queries.ts'

const PAGE = 50
const ID = /^\d{1,18}$/
/** The customer is on the way already: an earlier answer of WeCom's was lost. */
const UNDER_WAY = new Set([40100, 40129])

const wireOf = ({ errcode, ...transfer }: Found): Transfer => ({
  ...transfer,
  why: errcode === null ? null : inWords(errcode),
})

/** Written down, recorded and given to a job in one transaction. */
export async function beginTransfer(
  ctx: Ctx,
  given: {
    batch: BatchId
    ties: { customer: CustomerId; follower: string }[]
    to: string
    reason: string
    message: string
  },
): Promise<{ transfers: Transfer[] }> {
  const me = memberOf(ctx)
  const { batch, ties, to } = given
  const distinct = new Set(ties.map(({ customer, follower }) => `${customer} ${follower}`))
  if (distinct.size < ties.length) throw new AppError('invalid_input', '同一位客户选了两次，请去掉一个')
  if (ties.some(({ follower }) => follower === to)) throw new AppError('invalid_input', '不能移交给原来的跟进人')
  const { n, mayTake } = await countLed(ctx.sql, ties, to, me)
  if (n < ties.length) throw noSuchCustomer()
  if (!mayTake) throw new AppError('invalid_input', '只能移交给你负责的、在职的成员')
  return await ctx.sql.begin(async (tx) => {
    await insertTransfers(tx, { ...given, by: me }, ctx.now())
    await enqueue(tx, 'transfers.send', { batch }, { key: `transfer ${batch}` })
    const { reason } = given
    for (const { customer, follower } of ties)
      await record(tx, me, {
        action: 'customer.transfer_asked',
        subject: customer,
        detail: { from: follower, to, reason },
      })
    return { transfers: (await selectBatch(tx, me, batch)).map(wireOf) }
  })
}

export async function listTransfers(ctx: Ctx, { cursor }: { cursor?: string | undefined }) {
  const after = cursor === undefined ? null : readCursor(cursor, ID)
  const found = await selectTransfers(ctx.sql, memberOf(ctx), after, PAGE + 1)
  const { rows, nextCursor } = cutPage(found, PAGE, ({ at, id }) => writeCursor({ at, id }))
  return { transfers: rows.map(wireOf), nextCursor }
}

export const listTakers = async (ctx: Ctx) => ({ members: await selectTakers(ctx.sql, memberOf(ctx)) })

/** The job: asks WeCom for what waits. A refusal of the whole call is a refusal of each; busy is tried again by the queue. */
export async function sendTransfers(ctx: Ctx, { batch }: { batch: string }): Promise<void> {
  for (const { from, to, message, customers } of await selectWaiting(ctx.sql, batch)) {
    try {
      const answered = await ctx.wecom.transferCustomers({ from, to, customers, message })
      const rows = answered.map((row) => ({ ...row, errcode: UNDER_WAY.has(row.errcode) ? 0 : row.errcode }))
      await settleAsked(ctx.sql, batch, from, rows, ctx.now())
    } catch (error) {
      if (!(error instanceof WecomError) || error.busy) throw error
      const rows = customers.map((customerId) => ({ customerId, errcode: error.errcode }))
      await settleAsked(ctx.sql, batch, from, rows, ctx.now())
    }
  }
}

const ENDS: Record<number, string> = { 1: 'done', 3: 'refused', 4: 'full' }

/** What became of those under way. */
export async function checkTransfers(ctx: Ctx): Promise<void> {
  for (const { from, to } of await selectPairs(ctx.sql)) {
    const results = await ctx.wecom.transferResults(from, to)
    const rows = results.flatMap(({ customerId, status }) =>
      ENDS[status] ? [{ customerId, state: ENDS[status] }] : [],
    )
    await settleResults(ctx.sql, from, to, rows, ctx.now())
  }
}
