import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { OpenScope } from '#shared/open.ts'
import { instant } from '#server/db/columns.ts'

/** Keys of other systems: only their SHA-256 is kept. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: uuid().primaryKey(),
    name: text().notNull(),
    prefix: text().notNull(),
    hash: text().notNull(),
    scopes: text().array().$type<OpenScope[]>().notNull(),
    createdBy: text().notNull(),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
    lastUsedAt: instant(),
    revokedAt: instant(),
  },
  (t) => [uniqueIndex('api_keys_hash').on(t.hash)],
)

/** What other systems told of a customer. `id` is theirs, per key. */
export const customerEvents = pgTable(
  'customer_events',
  {
    /** Made of the key and their id. */
    id: uuid().primaryKey(),
    customerId: text().notNull(),
    title: text().notNull(),
    detail: text().notNull().default(''),
    source: text().notNull(),
    at: instant().notNull(),
  },
  (t) => [index('customer_events_of_customer').on(t.customerId, t.at.desc(), t.id.desc())],
)
