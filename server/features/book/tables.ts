import { index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { BookFilters } from '#shared/book.ts'
import { instant } from '#server/db/columns.ts'

/** A member's own ways of looking at their customers. */
export const savedViews = pgTable(
  'saved_views',
  {
    id: uuid().primaryKey(),
    userId: text().notNull(),
    name: text().notNull(),
    filters: jsonb().$type<BookFilters>().notNull(),
    savedAt: instant().notNull(),
  },
  (t) => [index().on(t.userId, t.savedAt)],
)
