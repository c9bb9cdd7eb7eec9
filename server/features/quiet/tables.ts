import { boolean, integer, pgTable } from 'drizzle-orm/pg-core'
import { instant } from '#server/db/columns.ts'

/** One row once an admin has chosen; both times null: never quiet. */
export const quietHours = pgTable('quiet_hours', {
  id: boolean().primaryKey().default(true),
  fromMinute: integer(),
  untilMinute: integer(),
  savedAt: instant().notNull(),
})
