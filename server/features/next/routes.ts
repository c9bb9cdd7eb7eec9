import * as contract from '#shared/next.ts'
import type { Route } from '#server/http/mount.ts'
import { getNextFigures, settleNext } from './service.ts'

export function nextRoutes(route: Route): void {
  route(contract.settleNext, settleNext)
  route(contract.getNextFigures, getNextFigures)
}
