import * as contract from '#shared/bulk.ts'
import type { Route } from '#server/http/mount.ts'
import { beginBulk, previewBulk, readBulk, undoBulk } from './service.ts'

export function bulkRoutes(route: Route): void {
  route(contract.previewBulk, previewBulk)
  route(contract.beginBulk, beginBulk)
  route(contract.getBulk, readBulk)
  route(contract.undoBulk, undoBulk)
}
