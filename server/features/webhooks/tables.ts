import { bigint, boolean, index, integer, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { WebhookEvent } from '#shared/webhooks.ts'
import { instant } from '#server/db/columns.ts'

/** Where other systems want to be told. The secret is sealed: the database alone does not give it away. */
export const webhooks = pgTable('webhooks', {
  id: uuid().primaryKey(),
  url: text().notNull(),
  secret: text().notNull(),
  events: text().array().$type<WebhookEvent[]>().notNull(),
  enabled: boolean().notNull().default(true),
  createdAt: instant().notNull(),
})

/** Each event for each receiver, once. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: uuid().primaryKey(),
    webhookId: uuid()
      .notNull()
      .references(() => webhooks.id, { onDelete: 'cascade' }),
    eventId: bigint({ mode: 'number' }).notNull(),
    customerId: text().notNull(),
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    state: text({ enum: ['waiting', 'done', 'dead'] })
      .notNull()
      .default('waiting'),
    attempts: integer().notNull().default(0),
    error: text(),
    createdAt: instant().notNull(),
    settledAt: instant(),
  },
  (t) => [unique().on(t.webhookId, t.eventId), index('webhook_deliveries_of').on(t.webhookId, t.state)],
)

/** How far the events were handed out. `seen`: the newest at the last look; what is not newer than that is whole by the next. */
export const webhookCursor = pgTable('webhook_cursor', {
  id: integer().primaryKey(),
  done: bigint({ mode: 'number' }).notNull(),
  seen: bigint({ mode: 'number' }).notNull(),
})
