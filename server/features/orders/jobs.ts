import type { Ctx } from '#server/context.ts'
import { matchBuyers } from './import/match.ts'

export const orderJobs = {
  'orders.match': async (ctx: Ctx, { source }: { source: string }) => {
    await matchBuyers(ctx.sql, source, ctx.now())
  },
}
