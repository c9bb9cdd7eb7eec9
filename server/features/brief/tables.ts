import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant } from '#server/db/columns.ts'

/** The home no longer offers this member the brief of a customer handed to them before `at`. */
export const briefDismissals = pgTable(
  'brief_dismissals',
  { customerId: text().notNull(), userId: text().notNull(), at: instant().notNull() },
  (t) => [primaryKey({ columns: [t.customerId, t.userId] })],
)
