import { index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from '#server/db/columns.ts'

/** What was handed to the chat, part by part, and what came of it. `key` is the attempt's name, given by the page: a repeat changes nothing. */
export const sends = pgTable(
  'sends',
  {
    key: uuid().primaryKey(),
    customerId: text().notNull(),
    userId: text().notNull(),
    replyId: uuid(),
    part: integer().notNull(),
    partType: text({ enum: ['text', 'image', 'link', 'file', 'video', 'miniprogram'] }).notNull(),
    content: text().notNull(),
    outcome: text({ enum: ['ok', 'cancelled', 'failed'] }).notNull(),
    reason: text(),
    /** How much it weighs on the customer: an answer and service, or something to sell. */
    kind: text({ enum: ['mass', 'promotion', 'service'] })
      .notNull()
      .default('service'),
    sentAt: instant().notNull(),
  },
  (t) => [
    index('sends_to_customer').on(t.customerId, t.sentAt.desc()),
    index('sends_of_member').on(t.userId, t.sentAt.desc()),
    index('sends_of_follow').on(t.customerId, t.userId, t.sentAt.desc()),
  ],
)
