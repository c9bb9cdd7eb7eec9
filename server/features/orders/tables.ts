import { bigint, char, index, integer, jsonb, pgTable, primaryKey, real, text, unique } from 'drizzle-orm/pg-core'
import type { OrderItem } from '#shared/orders.ts'
import { fen, instant } from '#server/db/columns.ts'

/** Somebody who bought, as the shop's own system knows them. A customer is linked to one by member number. */
export const buyers = pgTable(
  'buyers',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    source: text().notNull(),
    memberNumber: text().notNull(),
    country: text(),
  },
  (t) => [unique().on(t.source, t.memberNumber)],
)

/** Items live in the order row: a page of orders is one index range. Refunds are orders of kind `refund` with negative amounts. */
export const orders = pgTable(
  'orders',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    buyerId: bigint({ mode: 'number' })
      .notNull()
      .references(() => buyers.id),
    source: text().notNull(),
    orderNumber: text().notNull(),
    kind: text({ enum: ['sale', 'refund'] }).notNull(),
    orderedAt: instant().notNull(),
    currency: char({ length: 3 }).notNull(),
    amountFen: fen().notNull(),
    discountFen: fen().notNull().default(0),
    store: text(),
    channel: text(),
    status: text(),
    logistics: text(),
    productUrl: text(),
    items: jsonb().$type<OrderItem[]>().notNull(),
  },
  (t) => [unique().on(t.source, t.orderNumber), index('orders_newest').on(t.buyerId, t.orderedAt.desc(), t.id.desc())],
)

/** Sums over a buyer's orders, kept in the transaction that writes them; a live sum is linear in the history. `months`: `YYYY-MM` → sales. */
export const buyerStats = pgTable(
  'buyer_stats',
  {
    buyerId: bigint({ mode: 'number' })
      .primaryKey()
      .references(() => buyers.id),
    currency: char({ length: 3 }).notNull(),
    orderCount: integer().notNull(),
    spendFen: fen().notNull(),
    refundCount: integer().notNull(),
    refundFen: fen().notNull(),
    firstOrderedAt: instant().notNull(),
    lastOrderedAt: instant().notNull(),
    months: jsonb().$type<Record<string, number>>().notNull(),
  },
  (t) => [index('buyer_stats_newest').on(t.lastOrderedAt.desc())],
)

/** One import of one file. `rowsDone` moves in the same transaction as the rows, so a killed import goes on where it stopped. */
export const orderImports = pgTable('order_imports', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  source: text().notNull(),
  /** SHA-256 over the file's content and the mapping: the same file with the same mapping resumes, another starts anew. */
  fingerprint: text().notNull().unique(),
  fileName: text().notNull(),
  rowsDone: bigint({ mode: 'number' }).notNull().default(0),
  counts: jsonb().$type<Record<string, number>>().notNull().default({}),
  startedAt: instant().notNull(),
  finishedAt: instant(),
  undoneAt: instant(),
})

/** Each order as it stood before an import first touched it; `before` null: it was not there. What an import is taken back by. */
export const orderImportChanges = pgTable(
  'order_import_changes',
  {
    importId: bigint({ mode: 'number' })
      .notNull()
      .references(() => orderImports.id, { onDelete: 'cascade' }),
    source: text().notNull(),
    orderNumber: text().notNull(),
    before: jsonb(),
  },
  (t) => [
    primaryKey({ columns: [t.importId, t.orderNumber] }),
    index('order_import_changes_of_order').on(t.source, t.orderNumber, t.importId),
  ],
)

/** What imports said of a buyer beside the member number. */
export const buyerHints = pgTable(
  'buyer_hints',
  {
    buyerId: bigint({ mode: 'number' })
      .notNull()
      .references(() => buyers.id, { onDelete: 'cascade' }),
    kind: text({ enum: ['external', 'union', 'phone'] }).notNull(),
    value: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.buyerId, t.kind, t.value] })],
)

/**
 * Which customer a buyer is, by what, and how sure. `conflict`: several fit, or the customer is another buyer already; somebody decides. `rejected`: somebody
 * said no, and it is not tried again. The one that stands is also in `customers.buyer_id`.
 */
export const buyerMatches = pgTable(
  'buyer_matches',
  {
    buyerId: bigint({ mode: 'number' })
      .notNull()
      .references(() => buyers.id, { onDelete: 'cascade' }),
    customerId: text().notNull(),
    by: text({ enum: ['external', 'union', 'phone', 'member', 'hand'] }).notNull(),
    confidence: real().notNull(),
    state: text({ enum: ['linked', 'conflict', 'rejected'] }).notNull(),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.buyerId, t.customerId] }), index('buyer_matches_of_customer').on(t.customerId)],
)
