import { jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from '#server/db/columns.ts'

/**
 * Requests that came with an idempotency key, and what was answered: the same key again gets the same answer and does nothing.
 * `leasedUntil`: somebody is doing it; whoever dies on the way loses the lease.
 */
export const receipts = pgTable(
  'receipts',
  {
    userId: text().notNull(),
    key: uuid().notNull(),
    /** What was asked: another request under the same key is refused. */
    request: text().notNull(),
    answer: jsonb().$type<unknown>(),
    leasedUntil: instant().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.key] })],
)
