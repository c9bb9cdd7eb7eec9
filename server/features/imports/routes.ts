import * as contract from '#shared/imports.ts'
import type { Route } from '#server/http/mount.ts'
import {
  beginUpload,
  checkImport,
  decideConflict,
  listConflicts,
  listImports,
  previewImport,
  readImport,
  readImportErrors,
  runImport,
  undoImport,
  uploadPart,
} from './service.ts'

export function importRoutes(route: Route): void {
  route(contract.beginUpload, beginUpload)
  route(contract.uploadPart, uploadPart)
  route(contract.listImports, listImports)
  route(contract.getImport, readImport)
  route(contract.previewImport, previewImport)
  route(contract.checkImport, checkImport)
  route(contract.runImport, runImport)
  route(contract.undoImport, undoImport)
  route(contract.getImportErrors, readImportErrors)
  route(contract.listConflicts, listConflicts)
  route(contract.decideConflict, decideConflict)
}
