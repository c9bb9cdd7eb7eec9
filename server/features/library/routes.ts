import * as contract from '#shared/library.ts'
import type { Route } from '#server/http/mount.ts'
import {
  changeLibrary,
  importLibrary,
  orderLibrary,
  readLibrary,
  readReplyUsers,
  saveFolders,
  saveReply,
} from './service.ts'

export function libraryRoutes(route: Route): void {
  route(contract.getLibrary, readLibrary)
  route(contract.getReplyUsers, readReplyUsers)
  route(contract.saveLibraryReply, saveReply)
  route(contract.saveFolders, saveFolders)
  route(contract.orderLibrary, orderLibrary)
  route(contract.changeLibrary, changeLibrary)
  route(contract.importLibrary, importLibrary)
}
