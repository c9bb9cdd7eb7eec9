import { bigint, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant } from '#server/db/columns.ts'
import { buyers } from '../orders/tables.ts'

/** What a buyer likes, as lists filter by it: `category:针织衫`, `colour:驼色`, `size:M`, `band:2`. Written by the nightly reading of orders. */
export const buyerTastes = pgTable(
  'buyer_tastes',
  {
    buyerId: bigint({ mode: 'number' })
      .primaryKey()
      .references(() => buyers.id, { onDelete: 'cascade' }),
    words: text().array().notNull(),
    /** Days between two purchases, the middle of them; null before there are two gaps. */
    rhythmDays: integer(),
    readAt: instant().notNull(),
  },
  (t) => [index('buyer_tastes_words').using('gin', t.words)],
)

/** “Not so”: what somebody who knows the customer said is wrong. */
export const tasteDenials = pgTable(
  'taste_denials',
  {
    customerId: text().notNull(),
    word: text().notNull(),
    userId: text().notNull(),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.customerId, t.word] })],
)
