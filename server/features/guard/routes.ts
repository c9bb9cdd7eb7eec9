import * as contract from '#shared/guard.ts'
import type { Route } from '#server/http/mount.ts'
import { getGuard, getGuardRules, overrideGuard, previewGuard, saveGuardRules, setRefusal } from './service.ts'

export function guardRoutes(route: Route): void {
  route(contract.getGuard, getGuard)
  route(contract.setRefusal, setRefusal)
  route(contract.overrideGuard, overrideGuard)
  route(contract.getGuardRules, getGuardRules)
  route(contract.saveGuardRules, saveGuardRules)
  route(contract.previewGuard, previewGuard)
}
