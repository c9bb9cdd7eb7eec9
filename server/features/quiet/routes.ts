import * as contract from '#shared/quiet.ts'
import type { Route } from '#server/http/mount.ts'
import { getQuiet, saveQuiet } from './service.ts'

export function quietRoutes(route: Route): void {
  route(contract.getQuiet, getQuiet)
  route(contract.saveQuiet, saveQuiet)
}
