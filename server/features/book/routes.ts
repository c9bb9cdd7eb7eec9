import * as contract from '#shared/book.ts'
import type { Route } from '#server/http/mount.ts'
import { deleteView, listBook, readBookKit, saveView } from './service.ts'

export function bookRoutes(route: Route): void {
  route(contract.listBook, listBook)
  route(contract.getBookKit, readBookKit)
  route(contract.saveView, saveView)
  route(contract.deleteView, deleteView)
}
