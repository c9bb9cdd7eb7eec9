import { boolean, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { Flag } from '#shared/flags.ts'
import { instant } from '#server/db/columns.ts'
import { notes } from '../notes/tables.ts'

/** What makes a note worth a manager's look; an admin changes them. */
export const reviewRules = pgTable('review_rules', {
  id: text().primaryKey(),
  kind: text({ enum: ['words', 'short', 'noNext', 'often', 'edited', 'vague'] }).notNull(),
  name: text().notNull(),
  tone: text({ enum: ['bad', 'warn'] }).notNull(),
  words: text().array().notNull().default([]),
  limit: integer().notNull().default(0),
  enabled: boolean().notNull().default(true),
  position: integer().notNull(),
})

/** What the rules say of a note as it reads now, and whether that text was judged. Written in the transaction that writes the note. */
export const noteChecks = pgTable(
  'note_checks',
  {
    noteId: uuid()
      .primaryKey()
      .references(() => notes.id, { onDelete: 'cascade' }),
    userId: text().notNull(),
    customerId: text().notNull(),
    createdAt: instant().notNull(),
    version: integer().notNull(),
    flags: jsonb().$type<Flag[]>().notNull(),
    flagged: boolean().notNull(),
    /** `open`: this text has no verdict. */
    state: text({ enum: ['open', 'passed', 'returned', 'escalated'] })
      .notNull()
      .default('open'),
    sampled: boolean().notNull().default(false),
  },
  (t) => [
    index('note_checks_of_member').on(t.userId, t.createdAt.desc(), t.noteId.desc()),
    index('note_checks_of_customer').on(t.customerId, t.createdAt.desc()),
  ],
)
