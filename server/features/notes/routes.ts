import * as contract from '#shared/notes.ts'
import * as templates from '#shared/templates.ts'
import type { Route } from '#server/http/mount.ts'
import { uploadFile } from './files.ts'
import { listTemplates, saveTemplates } from './templates.ts'
import { createNote, readNote, readNoteKit, setNoteDeleted, updateNote } from './service.ts'

export function noteRoutes(route: Route): void {
  route(contract.createNote, createNote)
  route(contract.updateNote, updateNote)
  route(contract.setNoteDeleted, setNoteDeleted)
  route(contract.getNote, readNote)
  route(contract.getNoteKit, readNoteKit)
  route(contract.uploadFile, uploadFile)
  route(templates.listTemplates, listTemplates)
  route(templates.saveTemplates, saveTemplates)
}
