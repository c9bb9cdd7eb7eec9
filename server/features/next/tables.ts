import { date, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { NextKind } from '#shared/next.ts'
import { instant } from '#server/db/columns.ts'

/** What a member was offered as the next thing to do for a customer, once a day and kind, and what came of it: acceptance is measured on these rows. */
export const nextActions = pgTable(
  'next_actions',
  {
    customerId: text().notNull(),
    userId: text().notNull(),
    kind: text().$type<NextKind>().notNull(),
    /** Of China's calendar. */
    day: date().notNull(),
    shownAt: instant().notNull(),
    takenAt: instant(),
    dismissedAt: instant(),
    /** What it rested on when it was dismissed. */
    dismissedFact: text(),
  },
  (t) => [
    primaryKey({ columns: [t.customerId, t.userId, t.kind, t.day] }),
    index('next_actions_of_member').on(t.userId, t.day),
  ],
)
