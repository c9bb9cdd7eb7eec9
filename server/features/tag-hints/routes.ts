import * as contract from '#shared/tag-hints.ts'
import type { Route } from '#server/http/mount.ts'
import { answerTagHint, listTagHints, readTagTrial } from './service.ts'

export function tagHintRoutes(route: Route): void {
  route(contract.listTagHints, listTagHints)
  route(contract.answerTagHint, answerTagHint)
  route(contract.getTagTrial, readTagTrial)
}
