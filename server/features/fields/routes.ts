import * as contract from '#shared/fields.ts'
import type { Route } from '#server/http/mount.ts'
import { listFieldRules, listFields, saveFieldRules, setField } from './service.ts'

export function fieldRoutes(route: Route): void {
  route(contract.listFields, listFields)
  route(contract.setField, setField)
  route(contract.listFieldRules, listFieldRules)
  route(contract.saveFieldRules, saveFieldRules)
}
