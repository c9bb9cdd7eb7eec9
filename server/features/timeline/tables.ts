import { bigint, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant } from '#server/db/columns.ts'

/**
 * What changed on a follow: tags, remark, its end, its return. Written by a trigger on `follows`, so that no path that changes one can
 * forget it. `origin` says through what: the sidebar, WeCom, a rule, a batch, the counter, an undone write.
 */
export const followEvents = pgTable(
  'follow_events',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    customerId: text().notNull(),
    userId: text().notNull(),
    kind: text({ enum: ['tags', 'remark', 'ended', 'returned'] }).notNull(),
    origin: text().notNull(),
    byUserId: text(),
    detail: jsonb().$type<Record<string, unknown>>().notNull(),
    at: instant().notNull(),
  },
  (t) => [index('follow_events_of_follow').on(t.customerId, t.userId, t.at.desc(), t.id.desc())],
)

/** What a member keeps at the top of a customer's timeline. `entry` names it as the timeline does (`note:…`). */
export const timelinePins = pgTable(
  'timeline_pins',
  {
    customerId: text().notNull(),
    userId: text().notNull(),
    entry: text().notNull(),
    pinnedAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.customerId, t.userId, t.entry] })],
)
