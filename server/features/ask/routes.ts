import * as contract from '#shared/ask.ts'
import type { Route } from '#server/http/mount.ts'
import { askReplies, listSynonyms, saveSynonyms, tryAsk } from './service.ts'

export function askRoutes(route: Route): void {
  route(contract.askReplies, askReplies)
  route(contract.listSynonyms, listSynonyms)
  route(contract.saveSynonyms, saveSynonyms)
  route(contract.tryAsk, tryAsk)
}
