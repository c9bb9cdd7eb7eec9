import { sql } from 'drizzle-orm'
import { index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from '#server/db/columns.ts'

/** Tags put on or taken off many customers of one member. `id` is given by the page. `undoOf`: it takes another one back. */
export const bulkBatches = pgTable(
  'bulk_batches',
  {
    id: uuid().primaryKey(),
    userId: text().notNull(),
    undoOf: uuid(),
    createdAt: instant().notNull(),
    finishedAt: instant(),
  },
  (t) => [index().on(t.userId, t.createdAt.desc())],
)

/** One customer of a batch: what is wanted, what really changed (for taking it back), what came of it. */
export const bulkRows = pgTable(
  'bulk_rows',
  {
    batchId: uuid()
      .notNull()
      .references(() => bulkBatches.id, { onDelete: 'cascade' }),
    customerId: text().notNull(),
    place: integer().notNull(),
    add: text().array().notNull(),
    remove: text().array().notNull(),
    added: text().array().notNull().default([]),
    removed: text().array().notNull().default([]),
    state: text({ enum: ['waiting', 'done', 'same', 'failed'] })
      .notNull()
      .default('waiting'),
    message: text(),
  },
  (t) => [
    primaryKey({ columns: [t.batchId, t.customerId] }),
    index('bulk_rows_waiting')
      .on(t.batchId, t.place)
      .where(sql`state = 'waiting'`),
  ],
)
