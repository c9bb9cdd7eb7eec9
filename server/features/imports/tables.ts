import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, real, text, uuid } from 'drizzle-orm/pg-core'
import type { ImportRun, Layout } from '#shared/imports.ts'
import { bytes, instant } from '#server/db/columns.ts'

/** A file of orders that somebody uploaded, and what became of it. */
export const importFiles = pgTable(
  'import_files',
  {
    id: uuid().primaryKey(),
    userId: text().notNull(),
    name: text().notNull(),
    size: bigint({ mode: 'number' }).notNull(),
    state: text().$type<ImportRun['state']>().notNull().default('uploading'),
    layout: jsonb().$type<Layout>(),
    rows: bigint({ mode: 'number' }).notNull().default(0),
    share: real().notNull().default(0),
    counts: jsonb().$type<Record<string, number>>().notNull().default({}),
    would: jsonb().$type<ImportRun['would']>(),
    matched: jsonb().$type<ImportRun['matched']>(),
    undone: jsonb().$type<ImportRun['undone']>(),
    message: text(),
    /** The rows left out, as CSV; at most some megabytes of it. */
    errors: text(),
    hasErrors: boolean().notNull().default(false),
    /** The import of the engine, for taking it back. */
    orderImportId: bigint({ mode: 'number' }),
    createdAt: instant().notNull(),
    settledAt: instant(),
  },
  (t) => [index('import_files_newest').on(t.createdAt.desc())],
)

/** The file's bytes, until a month after it was settled: any node can go on with it. */
export const importParts = pgTable(
  'import_parts',
  {
    fileId: uuid()
      .notNull()
      .references(() => importFiles.id, { onDelete: 'cascade' }),
    part: integer().notNull(),
    content: bytes().notNull(),
  },
  (t) => [primaryKey({ columns: [t.fileId, t.part] })],
)

/** How files with these headings were read last. */
export const importLayouts = pgTable('import_layouts', {
  headings: text().primaryKey(),
  layout: jsonb().$type<Layout>().notNull(),
  savedAt: instant().notNull(),
})
