import * as contract from '#shared/aside.ts'
import type { Route } from '#server/http/mount.ts'
import { getAside } from './service.ts'

export function asideRoutes(route: Route): void {
  route(contract.getAside, getAside)
}
