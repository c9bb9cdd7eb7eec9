import * as contract from '#shared/rules.ts'
import type { Route } from '#server/http/mount.ts'
import { deleteRule, listRules, previewRule, saveRule } from './service.ts'

export function ruleRoutes(route: Route): void {
  route(contract.listRules, listRules)
  route(contract.previewRule, previewRule)
  route(contract.saveRule, saveRule)
  route(contract.deleteRule, deleteRule)
}
