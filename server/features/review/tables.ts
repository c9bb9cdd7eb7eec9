import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { Scores } from '#shared/review.ts'
import { instant } from '#server/db/columns.ts'
import { notes } from '../notes/tables.ts'

/** Each verdict. `id` is given by the page; the newest that was not taken back stands. */
export const noteReviews = pgTable(
  'note_reviews',
  {
    id: uuid().primaryKey(),
    noteId: uuid()
      .notNull()
      .references(() => notes.id, { onDelete: 'cascade' }),
    version: integer().notNull(),
    verdict: text({ enum: ['passed', 'returned', 'escalated'] }).notNull(),
    scores: jsonb().$type<Scores>(),
    sampled: boolean().notNull().default(false),
    byUserId: text().notNull(),
    at: instant().notNull(),
    undoneAt: instant(),
  },
  (t) => [index('note_reviews_of_note').on(t.noteId, t.at.desc())],
)

/** What managers and the author say to each other about a note. */
export const noteComments = pgTable(
  'note_comments',
  {
    id: uuid().primaryKey(),
    noteId: uuid()
      .notNull()
      .references(() => notes.id, { onDelete: 'cascade' }),
    userId: text().notNull(),
    replyTo: uuid(),
    body: text().notNull(),
    mentions: text().array().notNull().default([]),
    at: instant().notNull(),
  },
  (t) => [index('note_comments_of_note').on(t.noteId, t.at)],
)

/** Which text of a note a manager has seen. */
export const noteReads = pgTable(
  'note_reads',
  {
    noteId: uuid()
      .notNull()
      .references(() => notes.id, { onDelete: 'cascade' }),
    userId: text().notNull(),
    version: integer().notNull(),
    readAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.noteId, t.userId] })],
)

/** A draw among low-risk notes: what is looked at, and what it stands for. */
export const reviewSamples = pgTable('review_samples', {
  id: uuid().primaryKey(),
  userId: text().notNull(),
  drawn: uuid().array().notNull(),
  rest: uuid().array().notNull(),
  drawnAt: instant().notNull(),
  passedAt: instant(),
})
