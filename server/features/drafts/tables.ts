import { date, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

/** How many drafts a member asked for on a day of China. Nothing of what was asked or answered. */
export const draftDays = pgTable(
  'draft_days',
  { userId: text().notNull(), day: date().notNull(), drafts: integer().notNull() },
  (t) => [primaryKey({ columns: [t.userId, t.day] })],
)
