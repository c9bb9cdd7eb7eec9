import { boolean, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import type { GuardRules } from '#shared/guard.ts'
import { instant } from '#server/db/columns.ts'

/** One row once an admin has chosen. */
export const guardRules = pgTable('guard_rules', {
  id: boolean().primaryKey().default(true),
  rules: jsonb().$type<GuardRules>().notNull(),
  savedAt: instant().notNull(),
})

/** Customers who asked not to be contacted, in which words, and who heard it. */
export const contactRefusals = pgTable('contact_refusals', {
  customerId: text().primaryKey(),
  userId: text().notNull(),
  reason: text().notNull(),
  at: instant().notNull(),
})
