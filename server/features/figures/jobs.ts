import type { Ctx } from '#server/context.ts'
import type { JobPayloads } from '#server/jobs/enqueue.ts'
import { DAY_MS } from '#shared/shop-time.ts'
import { pullBehavior } from './behavior.ts'
import { forgetAnswers, selectLeaders } from './queries.ts'
import { takeFigures } from './service.ts'

export const figureJobs = {
  'figures.pull': pullBehavior,
  'figures.take': async (ctx: Ctx, { userId, filters }: JobPayloads['figures.take']) => {
    await takeFigures(ctx, userId, filters)
  },
  /** Every leader's usual figures are there in the morning: the page's, and the week's above the queue. */
  'figures.takeAll': async (ctx: Ctx) => {
    await forgetAnswers(ctx.sql, new Date(ctx.now().getTime() - DAY_MS))
    for (const { userId } of await selectLeaders(ctx.sql))
      for (const filters of [{}, { days: '7' as const }]) await takeFigures(ctx, userId, filters)
  },
}
