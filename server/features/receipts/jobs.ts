import type { Ctx } from '#server/context.ts'
import { clean } from './queries.ts'

export const receiptJobs = { 'receipts.clean': (ctx: Ctx) => clean(ctx.sql) }
