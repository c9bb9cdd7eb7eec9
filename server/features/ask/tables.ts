import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from '#server/db/columns.ts'

/** The shop's own synonyms: each row is a group of words that stand for one another. */
export const askSynonyms = pgTable('ask_synonyms', {
  position: integer().primaryKey(),
  words: text().array().notNull(),
  updatedAt: instant().notNull(),
})
