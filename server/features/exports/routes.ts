import * as contract from '#shared/exports.ts'
import type { Route } from '#server/http/mount.ts'
import { createExport } from './service.ts'

export function exportRoutes(route: Route): void {
  route(contract.createExport, createExport)
}
