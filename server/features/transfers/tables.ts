import { sql } from 'drizzle-orm'
import { bigint, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { instant } from '#server/db/columns.ts'

/** A customer on the way from one member to another: at once what WeCom is still to be asked, and what came of it. */
export const transfers = pgTable(
  'transfers',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    batchId: uuid().notNull(),
    customerId: text().notNull(),
    fromUserId: text().notNull(),
    toUserId: text().notNull(),
    byUserId: text().notNull(),
    reason: text().notNull(),
    message: text().notNull(),
    state: text({ enum: ['waiting', 'asked', 'done', 'refused', 'full', 'failed'] })
      .notNull()
      .default('waiting'),
    errcode: integer(),
    createdAt: instant().notNull(),
    askedAt: instant(),
    settledAt: instant(),
  },
  (t) => [
    uniqueIndex('transfers_once').on(t.batchId, t.customerId, t.fromUserId),
    index('transfers_under_way')
      .on(t.fromUserId, t.toUserId)
      .where(sql`state in ('waiting', 'asked')`),
    index('transfers_newest').on(t.createdAt.desc(), t.id.desc()),
  ],
)
