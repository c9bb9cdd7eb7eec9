import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { TagTrial } from '#shared/tag-hints.ts'
import { instant } from '#server/db/columns.ts'

/**
 * What goes with a tag beyond chance: another tag (`tag:ID`) or what orders show (`category:针织衫`, `rhythm:month`). Customers with the one, with the tag, with both,
 * and all that were counted. Written anew by the nightly reading; names nobody.
 */
export const tagLinks = pgTable(
  'tag_links',
  {
    from: text('from_word').notNull(),
    tagId: text().notNull(),
    together: integer().notNull(),
    one: integer().notNull(),
    other: integer().notNull(),
    people: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.from, t.tagId] })],
)

/** One row: the last hold-out. */
export const tagTrials = pgTable('tag_trials', {
  id: boolean().primaryKey().default(true),
  customers: integer().notNull(),
  tags: jsonb().$type<TagTrial>().notNull(),
  orders: jsonb().$type<TagTrial>().notNull(),
  tookMs: integer().notNull(),
  at: instant().notNull(),
})

/** The last answer to a suggestion for a customer, by whoever gave it. */
export const tagHintAnswers = pgTable(
  'tag_hint_answers',
  {
    customerId: text().notNull(),
    tagId: text().notNull(),
    userId: text().notNull(),
    answer: text({ enum: ['accepted', 'rejected'] }).notNull(),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.customerId, t.tagId] }), index('tag_hint_answers_recent').on(t.at)],
)
