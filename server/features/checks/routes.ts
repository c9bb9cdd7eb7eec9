import * as contract from '#shared/review-rules.ts'
import type { Route } from '#server/http/mount.ts'
import { listReviewRules, previewReviewRule, saveReviewRules } from './service.ts'

export function checkRoutes(route: Route): void {
  route(contract.listReviewRules, listReviewRules)
  route(contract.saveReviewRules, saveReviewRules)
  route(contract.previewReviewRule, previewReviewRule)
}
