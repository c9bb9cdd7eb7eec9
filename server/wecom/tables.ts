import { pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from '#server/db/columns.ts'

/** The access token and the two tickets, shared by every process and sealed with a key derived from SESSION_SECRET. */
export const wecomCredentials = pgTable('wecom_credentials', {
  kind: text({ enum: ['access_token', 'corp_ticket', 'agent_ticket'] }).primaryKey(),
  sealed: text().notNull(),
  issuedAt: instant().notNull(),
  expiresAt: instant().notNull(),
})
