import { boolean, integer, jsonb, pgTable, real, text } from 'drizzle-orm/pg-core'
import { instant } from '#server/db/columns.ts'
import type { Backtest } from './backtest.ts'
import type { Fit } from './fit.ts'

/** What lies between two purchases of a kind of thing, and whether foretelling the next one has proved itself. Written anew by the nightly reading. */
export const categoryGaps = pgTable('category_gaps', {
  category: text().primaryKey(),
  gaps: integer().notNull(),
  medianDays: real().notNull(),
  madDays: real().notNull(),
  backtest: jsonb().$type<Backtest>().notNull(),
  shown: boolean().notNull(),
})

/** One row: the shop's BG/NBD, in days. */
export const bgnbdFit = pgTable('bgnbd_fit', {
  id: boolean().primaryKey().default(true),
  fit: jsonb().$type<Fit>().notNull(),
  at: instant().notNull(),
})
