import * as contract from '#shared/store.ts'
import type { Route } from '#server/http/mount.ts'
import { listStoreCustomers, listStoreTags, markStoreTags, readStoreCustomer } from './service.ts'

export function storeRoutes(route: Route): void {
  route(contract.listStoreCustomers, listStoreCustomers)
  route(contract.getStoreCustomer, readStoreCustomer)
  route(contract.listStoreTags, listStoreTags)
  route(contract.markStoreTags, markStoreTags)
}
