import type { CustomerId, MoveId } from '#shared/ids.ts'
import type { CurrentStage, Stage } from '#shared/stage.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { AppError, noSuchCustomer } from '#server/errors.ts'
import { record } from '../audit/service.ts'
import { insertMove, selectStage, selectStages, writeStages } from './queries.ts'

export { stageJson, stagesJson } from './queries.ts'

export const listStages = async (ctx: Ctx): Promise<{ stages: Stage[] }> => ({ stages: await selectStages(ctx.sql) })

/** Moves the caller's own follow. 400 for a stage that does not exist and for a loss without a reason. */
export async function moveStage(
  ctx: Ctx,
  {
    customerId,
    move,
    stage,
    reason,
  }: { customerId: CustomerId; move: MoveId; stage: string | null; reason: string | null },
): Promise<{ stage: CurrentStage | null }> {
  const userId = memberOf(ctx)
  if (!(await selectStage(ctx.sql, customerId, userId))) throw noSuchCustomer()
  const target = stage === null ? null : (await selectStages(ctx.sql)).find((one) => one.id === stage)
  if (target === undefined) throw new AppError('invalid_input', '没有这个阶段，请刷新后再选')
  if (target?.kind === 'lost' && !reason) throw new AppError('invalid_input', `移到「${target.name}」要写原因`)
  await insertMove(ctx.sql, { customerId, userId, id: move, stageId: stage, reason: reason || null }, ctx.now())
  const now = await selectStage(ctx.sql, customerId, userId)
  if (!now) throw noSuchCustomer()
  return now
}

/** 400 for a name or an id that stands there twice. */
export async function saveStages(ctx: Ctx, { stages }: { stages: Stage[] }): Promise<{ stages: Stage[] }> {
  for (const field of ['id', 'name'] as const) {
    const twice = stages.find((stage, at) => stages.findIndex((other) => other[field] === stage[field]) !== at)
    if (twice) throw new AppError('invalid_input', `有两个阶段都叫「${twice.name}」`)
  }
  await ctx.sql.begin(async (tx) => {
    await writeStages(tx, stages)
    await record(tx, memberOf(ctx), {
      action: 'stages.saved',
      subject: 'stages',
      detail: { names: stages.map((stage) => stage.name) },
    })
  })
  return await listStages(ctx)
}
