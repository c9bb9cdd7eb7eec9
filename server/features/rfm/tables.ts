import { date, index, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import { instant } from '#server/db/columns.ts'

/** Where a customer stands, by quintiles of all: purchases (null for who never bought) and their own acts. Worked out each night. */
export const rfm = pgTable(
  'rfm',
  {
    customerId: text().primaryKey(),
    recency: smallint(),
    frequency: smallint(),
    money: smallint(),
    segment: text(),
    connectionRecency: smallint().notNull(),
    connectionFrequency: smallint().notNull(),
    connectionDepth: smallint().notNull(),
    connection: text().notNull(),
    /** Days since their last act, days with one and weighted acts of 90 days: what the quintiles are of. */
    actDaysAgo: smallint().notNull(),
    actDays: smallint().notNull(),
    actDepth: smallint().notNull(),
    value: smallint().notNull(),
    influence: smallint().notNull(),
    at: instant().notNull(),
  },
  (t) => [index('rfm_grid').on(t.value, t.influence)],
)

/** Each change of segment, by the day it was found. */
export const rfmHistory = pgTable(
  'rfm_history',
  {
    customerId: text().notNull(),
    day: date().notNull(),
    segment: text(),
    connection: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.customerId, t.day] })],
)
