import * as contract from '#shared/replies.ts'
import type { Route } from '#server/http/mount.ts'
import { createReply, deleteReply, listReplies, updateReply } from './service.ts'

export function replyRoutes(route: Route): void {
  route(contract.listReplies, listReplies)
  route(contract.createReply, createReply)
  route(contract.updateReply, updateReply)
  route(contract.deleteReply, deleteReply)
}
