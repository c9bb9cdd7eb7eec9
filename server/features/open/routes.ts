import * as contract from '#shared/keys.ts'
import type { Route } from '#server/http/mount.ts'
import { createKey, listKeys, revokeKey } from './keys.ts'

export function keyRoutes(route: Route): void {
  route(contract.listKeys, listKeys)
  route(contract.createKey, createKey)
  route(contract.revokeKey, revokeKey)
}
