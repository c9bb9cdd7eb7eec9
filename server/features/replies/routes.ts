import * as contract from '#shared/replies.ts'
import type { Route } from '#server/http/mount.ts'
import { copyReply, createReply, deleteReply, listReplies, moveReply, setFavourite, updateReply } from './service.ts'

export function replyRoutes(route: Route): void {
  route(contract.listReplies, listReplies)
  route(contract.createReply, createReply)
  route(contract.updateReply, updateReply)
  route(contract.copyReply, copyReply)
  route(contract.moveReply, moveReply)
  route(contract.setFavourite, setFavourite)
  route(contract.deleteReply, deleteReply)
}
