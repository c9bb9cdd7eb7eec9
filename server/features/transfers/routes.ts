import * as contract from '#shared/transfers.ts'
import type { Route } from '#server/http/mount.ts'
import { beginTransfer, listTakers, listTransfers } from './service.ts'

export function transferRoutes(route: Route): void {
  route(contract.beginTransfer, beginTransfer)
  route(contract.listTransfers, listTransfers)
  route(contract.listTakers, listTakers)
}
