import type { CustomerId } from '#shared/ids.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { run, type Runner } from '#server/db/json.ts'
import { AppError, noSuchCustomer } from '#server/errors.ts'
import { doneToday, record } from '../audit/service.ts'
import type { FollowKey } from './queries.ts'

/** Calling somebody back takes one; more than this in a day is copying them out. */
const MOST_A_DAY = 30
const ACTION = 'customer.phones_revealed'

/** Whole phone numbers of the caller's own follow. Who saw them and why stands in the audit log, or nothing is shown. */
export async function revealPhones(
  ctx: Ctx,
  { customerId, reason }: { customerId: CustomerId; reason: string },
): Promise<{ phones: string[]; left: number }> {
  const key = { customerId, userId: memberOf(ctx) }
  return await ctx.sql.begin(async (tx) => {
    const phones = await selectPhones(tx, key)
    if (!phones) throw noSuchCustomer()
    const done = await doneToday(tx, key.userId, ACTION)
    if (done >= MOST_A_DAY) {
      throw new AppError('too_many_requests', `今天已查看 ${MOST_A_DAY} 次完整号码，明天再试；确有需要请联系管理员`)
    }
    await record(tx, key.userId, { action: ACTION, subject: customerId, detail: { reason, count: phones.length } })
    return { phones, left: MOST_A_DAY - done - 1 }
  })
}

async function selectPhones(sql: Runner, { customerId, userId }: FollowKey): Promise<string[] | undefined> {
  const text = `select f.phones from follows f where f.customer_id = $1 and f.user_id = $2 and f.ended_at is null`
  const [row] = await run<{ phones: string[] }>(sql, text, [customerId, userId])
  return row?.phones
}
