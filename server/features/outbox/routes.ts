import * as contract from '#shared/outbox.ts'
import type { Route } from '#server/http/mount.ts'
import { dropWrite, retryWrites } from './service.ts'

export function outboxRoutes(route: Route): void {
  route(contract.retryWrites, retryWrites)
  route(contract.dropWrite, dropWrite)
}
