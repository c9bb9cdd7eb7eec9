import * as contract from '#shared/orders.ts'
import type { Route } from '#server/http/mount.ts'
import { disownOrders, listOrders } from './service.ts'

export function orderRoutes(route: Route): void {
  route(contract.listOrders, listOrders)
  route(contract.disownOrders, disownOrders)
}
