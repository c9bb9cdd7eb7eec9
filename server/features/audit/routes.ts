import * as contract from '#shared/audit.ts'
import type { Route } from '#server/http/mount.ts'
import { listAudit, verifyAudit } from './service.ts'

export function auditRoutes(route: Route): void {
  route(contract.listAudit, listAudit)
  route(contract.verifyAudit, verifyAudit)
}
