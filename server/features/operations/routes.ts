import * as contract from '#shared/operations.ts'
import type { Route } from '#server/http/mount.ts'
import { beginSync, readOperations, retryDeadJobs } from './service.ts'

export function operationsRoutes(route: Route): void {
  route(contract.getOperations, readOperations)
  route(contract.beginSync, beginSync)
  route(contract.retryDead, retryDeadJobs)
}
