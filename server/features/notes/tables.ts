import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { NoteResult, Visibility } from '#shared/notes.ts'
import { bytes, instant } from '#server/db/columns.ts'

/** A rep's follow-up record. `id` is given by the page: sending it again makes no second one. */
export const notes = pgTable(
  'notes',
  {
    id: uuid().primaryKey(),
    customerId: text().notNull(),
    userId: text().notNull(),
    body: text().notNull(),
    result: text().$type<NoteResult>(),
    visibility: text().$type<Visibility>().notNull(),
    mentions: text().array().notNull().default([]),
    version: integer().notNull().default(1),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
    deletedAt: instant(),
  },
  (t) => [
    index('notes_of_customer').on(t.customerId, t.createdAt.desc(), t.id.desc()),
    index('notes_of_member').on(t.userId, t.createdAt.desc()),
  ],
)

/** What a note said before each change. */
export const noteVersions = pgTable(
  'note_versions',
  {
    noteId: uuid()
      .notNull()
      .references(() => notes.id, { onDelete: 'cascade' }),
    version: integer().notNull(),
    said: jsonb().$type<{ body: string; result: NoteResult | null; visibility: Visibility }>().notNull(),
    savedAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.noteId, t.version] })],
)

/** Pictures and documents of notes. Uploaded before the note is saved; one that no note took within a day is cleaned away. */
export const noteFiles = pgTable(
  'note_files',
  {
    id: uuid().primaryKey(),
    noteId: uuid().references(() => notes.id, { onDelete: 'cascade' }),
    customerId: text().notNull(),
    userId: text().notNull(),
    name: text().notNull(),
    mime: text().notNull(),
    size: integer().notNull(),
    content: bytes().notNull(),
    uploadedAt: instant().notNull(),
  },
  (t) => [index('note_files_of_note').on(t.noteId)],
)

/** Beginnings of notes for a stage of the pipeline; without one for every stage. */
export const noteTemplates = pgTable('note_templates', {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  stageId: text(),
  title: text().notNull(),
  body: text().notNull(),
  position: integer().notNull().default(0),
})
