import type { Quiet, QuietHours } from '#shared/quiet.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import type { Runner } from '#server/db/json.ts'
import { AppError } from '#server/errors.ts'
import { record } from '../audit/service.ts'
import { afterQuiet } from './after-quiet.ts'
import { selectQuiet, writeQuiet } from './queries.ts'

export { afterQuiet } from './after-quiet.ts'

export async function getQuiet(ctx: Ctx): Promise<QuietHours> {
  const saved = await selectQuiet(ctx.sql)
  return { quiet: saved === undefined ? (ctx.config.quietHours ?? null) : saved, chosen: saved !== undefined }
}

/** 400 for hours that begin where they end: that would be all day or never, and nobody can tell which. */
export async function saveQuiet(ctx: Ctx, { quiet }: { quiet: Quiet | null }): Promise<QuietHours> {
  if (quiet && quiet.from === quiet.until)
    throw new AppError('invalid_input', '开始和结束是同一个时间；不需要免打扰请勾选“全天都可以提醒”')
  await ctx.sql.begin(async (tx) => {
    await writeQuiet(tx, quiet, ctx.now())
    await record(tx, memberOf(ctx), { action: 'quiet.saved', subject: 'quiet hours', detail: { quiet } })
  })
  return await getQuiet(ctx)
}

/** The hours that count now; undefined: never quiet. */
export async function quietNow(ctx: Ctx, sql: Runner = ctx.sql): Promise<Quiet | undefined> {
  const saved = await selectQuiet(sql)
  return saved === undefined ? ctx.config.quietHours : (saved ?? undefined)
}

/** `at` itself, or the end of the shop's quiet hours it falls into. */
export async function outsideQuiet(ctx: Ctx, sql: Runner, at: Date): Promise<Date> {
  return afterQuiet(at, await quietNow(ctx, sql))
}
