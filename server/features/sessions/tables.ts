import { index, pgTable, text } from 'drizzle-orm/pg-core'
import { bytes, instant } from '#server/db/columns.ts'

/** Only the SHA-256 of a session id is kept: a dump of this table opens nothing. */
export const sessions = pgTable(
  'sessions',
  {
    idHash: bytes().primaryKey(),
    userId: text().notNull(),
    createdAt: instant().notNull(),
    lastSeenAt: instant().notNull(),
    expiresAt: instant().notNull(),
  },
  (t) => [index().on(t.userId)],
)

/** An OAuth round trip under way: one use, five minutes, only in the browser that began it. */
export const loginStates = pgTable('login_states', {
  stateHash: bytes().primaryKey(),
  browserHash: bytes().notNull(),
  returnPath: text().notNull(),
  expiresAt: instant().notNull(),
})
