import { index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from '#server/db/columns.ts'

/** A file somebody asked for: the question, not the rows. */
export const exportFiles = pgTable(
  'export_files',
  {
    id: uuid().primaryKey(),
    userId: text().notNull(),
    figure: text().notNull(),
    filters: jsonb().$type<Record<string, string>>().notNull(),
    format: text({ enum: ['csv', 'xlsx'] }).notNull(),
    asOf: instant().notNull(),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
    downloads: integer().notNull().default(0),
  },
  (t) => [index('export_files_of_member').on(t.userId, t.createdAt)],
)
