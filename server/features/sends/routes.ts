import * as contract from '#shared/sends.ts'
import type { Route } from '#server/http/mount.ts'
import { listSent, recordSend } from './service.ts'

export function sendRoutes(route: Route): void {
  route(contract.recordSend, recordSend)
  route(contract.listSent, listSent)
}
