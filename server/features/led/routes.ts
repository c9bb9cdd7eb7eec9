import * as contract from '#shared/led.ts'
import type { Route } from '#server/http/mount.ts'
import { listLedCustomers, readLedCustomer, readLedTimeline } from './service.ts'

export function ledRoutes(route: Route): void {
  route(contract.listLedCustomers, listLedCustomers)
  route(contract.getLedCustomer, readLedCustomer)
  route(contract.listLedTimeline, readLedTimeline)
}
