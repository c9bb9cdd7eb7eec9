import { date, integer, jsonb, pgTable, primaryKey, real, text } from 'drizzle-orm/pg-core'
import type { Figures } from '#shared/figures.ts'
import { instant } from '#server/db/columns.ts'

/** WeCom's own statistics of a member and a day (China). The two shares are null on days without chats begun by customers. */
export const behaviorDays = pgTable(
  'behavior_days',
  {
    userId: text().notNull(),
    day: date().notNull(),
    chats: integer().notNull(),
    messages: integer().notNull(),
    /** 0–100. */
    repliedPercent: real(),
    /** Minutes to the first answer. */
    replyMinutes: real(),
    lost: integer().notNull(),
    applied: integer().notNull(),
    gained: integer().notNull(),
    pulledAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.day] })],
)

/** A manager's figures as they were last taken, for scopes in which taking them anew is slow. */
export const figureAnswers = pgTable(
  'figure_answers',
  {
    userId: text().notNull(),
    filters: text().notNull(),
    answer: jsonb().$type<Figures>().notNull(),
    tookMs: integer().notNull(),
    takenAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.filters] })],
)
