import * as contract from '#shared/rfm.ts'
import type { Route } from '#server/http/mount.ts'
import { readGrid } from './service.ts'

export function rfmRoutes(route: Route): void {
  route(contract.getRfmGrid, readGrid)
}
