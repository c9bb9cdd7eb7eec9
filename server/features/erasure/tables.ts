import { jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { bytes, instant } from '#server/db/columns.ts'

/** The key of this shop's marks, made by the migration: the same id has another mark elsewhere. */
export const erasureKey = pgTable('erasure_key', { key: bytes().primaryKey() })

/** Who must not come back: SHA-256 over the key and the customer's id. A trigger on `customers` and `follows` turns them away. */
export const erasedCustomers = pgTable('erased_customers', {
  mark: text().primaryKey(),
  /** Null: known from the file of marks alone, after a restore. */
  requestId: uuid(),
  by: text().notNull().default(''),
  reason: text().notNull().default(''),
  rows: jsonb().$type<Record<string, number>>().notNull().default({}),
  askedAt: instant().notNull(),
  doneAt: instant(),
})
