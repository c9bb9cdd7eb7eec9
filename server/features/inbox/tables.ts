import { bigint, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { instant } from '#server/db/columns.ts'

/**
 * Events as WeCom delivered them, each once (`digest`: SHA-256 of the plain text). `subject` is what has to be fetched anew
 * (`customer wm…`); null for an event that changes nothing we keep. Group chats are kept here and nowhere else yet.
 */
export const inbox = pgTable(
  'inbox',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    digest: text().notNull().unique(),
    event: text().notNull(),
    changeType: text(),
    subject: text(),
    fields: jsonb().$type<Record<string, string>>().notNull(),
    receivedAt: instant().notNull(),
    appliedAt: instant(),
  },
  (t) => [
    index('inbox_waiting')
      .on(t.subject, t.id)
      .where(sql`applied_at is null`),
    index().on(t.receivedAt),
  ],
)
