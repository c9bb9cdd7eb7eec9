import * as contract from '#shared/review.ts'
import type { Route } from '#server/http/mount.ts'
import { answerReview, readNoteReview } from './own.ts'
import {
  commentNote,
  drawSample,
  judgeNote,
  keepAsTemplate,
  listReview,
  passSample,
  readReviewNote,
  undoVerdict,
} from './service.ts'

export function reviewRoutes(route: Route): void {
  route(contract.listReview, listReview)
  route(contract.getReviewNote, readReviewNote)
  route(contract.judgeNote, judgeNote)
  route(contract.undoVerdict, undoVerdict)
  route(contract.commentNote, commentNote)
  route(contract.keepAsTemplate, keepAsTemplate)
  route(contract.drawSample, drawSample)
  route(contract.passSample, passSample)
  route(contract.getNoteReview, readNoteReview)
  route(contract.answerReview, answerReview)
}
