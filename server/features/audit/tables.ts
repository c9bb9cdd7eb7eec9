import { bigint, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { instant } from '#server/db/columns.ts'

/**
 * Who did what to whom. The app's role may add and read (`db/roles.ts`); a trigger refuses every change, and the removal of
 * anything younger than six months, to everybody.
 */
export const auditLog = pgTable(
  'audit_log',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant()
      .notNull()
      .default(sql`clock_timestamp()`),
    actor: text().notNull(),
    action: text().notNull(),
    subject: text(),
    detail: jsonb().$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [index('audit_log_of_actor').on(t.actor, t.action, t.at)],
)

/** Which customers a member opened lately, for the limit on bulk reading. Kept for minutes. */
export const customerOpenings = pgTable(
  'customer_openings',
  { userId: text().notNull(), customerId: text().notNull(), openedAt: instant().notNull() },
  (t) => [primaryKey({ columns: [t.userId, t.customerId] }), index().on(t.openedAt)],
)

/** Over the entries `fromId`–`toId` and the seal before: what was changed or removed afterwards no longer fits. */
export const auditSeals = pgTable('audit_seals', {
  toId: bigint({ mode: 'number' }).primaryKey(),
  fromId: bigint({ mode: 'number' }).notNull(),
  entries: integer().notNull(),
  hash: text().notNull(),
  sealedAt: instant().notNull(),
})
