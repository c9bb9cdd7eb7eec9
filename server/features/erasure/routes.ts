import * as contract from '#shared/erasure.ts'
import type { Route } from '#server/http/mount.ts'
import { eraseCustomer, listErasures } from './service.ts'

export function erasureRoutes(route: Route): void {
  route(contract.listErasures, listErasures)
  route(contract.eraseCustomer, eraseCustomer)
}
