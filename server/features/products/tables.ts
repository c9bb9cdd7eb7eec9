import { bigint, boolean, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { fen, instant } from '#server/db/columns.ts'

/** What the shop's own system says of its products, by the open interface. */
export const products = pgTable('products', {
  sku: text().primaryKey(),
  name: text().notNull(),
  url: text(),
  picture: text(),
  priceFen: fen(),
  inStock: boolean().notNull(),
  updatedAt: instant().notNull(),
})

/** In how many orders a product was, and how it was called last. */
export const productCounts = pgTable('product_counts', {
  sku: text().primaryKey(),
  name: text().notNull(),
  orders: integer().notNull(),
})

/** The same by the store the orders name. */
export const storeCounts = pgTable(
  'product_store_counts',
  { store: text().notNull(), sku: text().notNull(), orders: integer().notNull() },
  (t) => [primaryKey({ columns: [t.store, t.sku] })],
)

/** In how many orders two products were together; each pair stands both ways. */
export const productPairs = pgTable(
  'product_pairs',
  { one: text().notNull(), other: text().notNull(), orders: integer().notNull() },
  (t) => [primaryKey({ columns: [t.one, t.other] })],
)

export interface HoldOut {
  cases: number
  hit: number
  popularityHit: number
}

/** One row: up to which order the counts go, of how many, and whether they foretell better than popularity. */
export const productLearning = pgTable('product_learning', {
  id: boolean().primaryKey().default(true),
  lastOrderId: bigint({ mode: 'number' }).notNull().default(0),
  orders: integer().notNull().default(0),
  holdOut: jsonb().$type<HoldOut>(),
  testedAt: instant(),
})
