import type { Ctx } from '#server/context.ts'
import { computeRfm } from './compute.ts'

export const rfmJobs = {
  'rfm.compute': async (ctx: Ctx) => {
    await ctx.sql.begin((tx) => computeRfm(tx, ctx.now()))
  },
}
