import * as contract from '#shared/tastes.ts'
import type { Route } from '#server/http/mount.ts'
import { denyTaste } from './service.ts'

export function preferenceRoutes(route: Route): void {
  route(contract.denyTaste, denyTaste)
}
