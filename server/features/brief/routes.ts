import * as contract from '#shared/brief.ts'
import type { Route } from '#server/http/mount.ts'
import { dismissBrief, getBrief, getLedBrief, printBrief, printLedBrief, wordBrief } from './service.ts'

export function briefRoutes(route: Route): void {
  route(contract.getBrief, getBrief)
  route(contract.getLedBrief, getLedBrief)
  route(contract.printBrief, printBrief)
  route(contract.printLedBrief, printLedBrief)
  route(contract.wordBrief, wordBrief)
  route(contract.dismissBrief, dismissBrief)
}
