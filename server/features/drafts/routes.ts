import * as contract from '#shared/drafts.ts'
import type { Route, StreamRoute } from '#server/http/mount.ts'
import { readAssistant, writeDraft } from './service.ts'

export function draftRoutes(route: Route, stream: StreamRoute): void {
  route(contract.getAssistant, readAssistant)
  stream(contract.writeDraft, writeDraft)
}
