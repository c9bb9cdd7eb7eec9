import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Erasure } from '#shared/erasure.ts'
import { type Ctx, type Deps, memberOf } from '#server/context.ts'
import { instantText, run } from '#server/db/json.ts'
import { AppError } from '#server/errors.ts'
import { enqueue } from '#server/jobs/enqueue.ts'
import { record } from '../audit/service.ts'
import { markOf, purge, selectMarked } from './purge.ts'

const HISTORY = 100
const AT_ONCE = 100
const MARK = /^[0-9a-f]{64}$/
const fileOf = ({ config }: Pick<Deps, 'config'>): string => join(config.dataDir, 'erased-customers')

const LIST = `
  select left(e.mark, 12) as mark, coalesce((select name from members where user_id = e.by), e.by) as by, e.reason,
    case when e.done_at is null then 'waiting' else 'done' end as state, e.rows, ${instantText('e.asked_at')} as "askedAt", ${instantText('e.done_at')} as "doneAt"
  from erased_customers e`

export const listErasures = async (ctx: Ctx) => ({
  erasures: await run<Erasure>(ctx.sql, `${LIST} order by e.asked_at desc limit $1::int`, [HISTORY]),
})

/** From this moment no path brings the customer in; what is there goes with a job. */
export async function eraseCustomer(
  ctx: Ctx,
  { customer, reason }: { customer: string; reason: string },
): Promise<Erasure> {
  const by = memberOf(ctx)
  return await ctx.sql.begin(async (tx) => {
    const [known] = await run<{ mark: string }>(
      tx,
      `select ${markOf('c.id')} as mark from customers c where c.id = $1`,
      [customer],
    )
    if (!known) throw new AppError('not_found', '没有这位客户（external_userid 不对，或已经删除）')
    await run(
      tx,
      `insert into erased_customers (mark, request_id, by, reason, asked_at) values ($1, gen_random_uuid(), $2, $3, $4::timestamptz) on conflict (mark) do nothing`,
      [known.mark, by, reason, ctx.now()],
    )
    await enqueue(tx, 'erasure.purge', { customerId: customer }, { key: `erase ${known.mark}` })
    await record(tx, by, { action: 'customer.erasure_asked', subject: known.mark.slice(0, 12), detail: { reason } })
    const [row] = await run<Erasure>(tx, `${LIST} where e.mark = $1`, [known.mark])
    return row!
  })
}

/** The job: the mark goes to the file first, so that a backup restored later is swept too; then everything goes at once. */
export async function purgeCustomer(ctx: Ctx, { customerId }: { customerId: string }): Promise<void> {
  const [found] = await run<{ mark: string }>(ctx.sql, `select ${markOf('$1')} as mark`, [customerId])
  const { mark } = found!
  await mkdir(ctx.config.dataDir, { recursive: true })
  await appendFile(fileOf(ctx), `${mark}\n`, { flush: true })
  await ctx.sql.begin(async (tx) => {
    const rows = await purge(tx, customerId)
    await run(
      tx,
      `update erased_customers set done_at = $2::timestamptz, rows = case when rows = '{}' then $3::text::jsonb else rows end where mark = $1`,
      [mark, ctx.now(), JSON.stringify(rows)],
    )
    await record(tx, 'job erasure', { action: 'customer.erased', subject: mark.slice(0, 12), detail: { rows } })
  })
}

/** Marks of the file that the database does not have (it was restored), and whoever came back by it. */
export async function sweepErased(ctx: Ctx): Promise<void> {
  const marks = (await readFile(fileOf(ctx), 'utf8').catch(() => '')).split('\n').filter((mark) => MARK.test(mark))
  await run(
    ctx.sql,
    `insert into erased_customers (mark, asked_at) select distinct m, $2::timestamptz from unnest($1::text[]) m on conflict (mark) do nothing`,
    [marks, ctx.now()],
  )
  for (;;) {
    const back = await selectMarked(ctx.sql, AT_ONCE)
    for (const customerId of back) await purgeCustomer(ctx, { customerId })
    if (back.length < AT_ONCE) return
  }
}
