import type { Ctx } from '#server/context.ts'
import { deleteOpenings } from './queries.ts'
import { sealAudit } from './seals.ts'

const HOUR_MS = 3_600_000

export const auditJobs = {
  'audit.seal': sealAudit,
  'openings.clean': (ctx: Ctx) => deleteOpenings(ctx.sql, new Date(ctx.now().getTime() - HOUR_MS)),
}
