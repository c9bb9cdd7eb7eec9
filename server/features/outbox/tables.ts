import { sql } from 'drizzle-orm'
import { bigint, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from '#server/db/columns.ts'

/** What a write brings to WeCom, and how it is taken back here when WeCom refuses. */
export type Write =
  | { kind: 'tags'; add: string[]; remove: string[]; added: string[]; removed: string[] }
  | { kind: 'remark'; fields: Fields; before: Fields }
  | ({ kind: 'message' } & Message)

/**
 * A card in the app's own chat with one member. `taskId` and `remindAt`: not sent once that task is settled or put off. `reviewId`: not once
 * that verdict is taken back.
 */
interface Message {
  to: string
  title: string
  /** Two lines: grey and bold. */
  small: string
  strong: string
  /** A path of ours. */
  path: string
  taskId?: string
  remindAt?: string
  reviewId?: string
}

/** Of a follow, the fields WeCom keeps; only those that change. */
export interface Fields {
  remark?: string
  description?: string
  company?: string
}

/**
 * Changes that WeCom must get, each written in the transaction of the change itself. Those of one customer go out in the order of
 * `id`. `leasedUntil`: somebody is bringing it; whoever dies on the way loses the lease, and it is brought again.
 */
export const outbox = pgTable(
  'outbox',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    customerId: text().notNull(),
    userId: text().notNull(),
    write: jsonb().$type<Write>().notNull(),
    state: text({ enum: ['waiting', 'done', 'failed', 'dropped'] })
      .notNull()
      .default('waiting'),
    leasedUntil: instant(),
    /** WeCom's errcode and the sentence for the member, of a refusal. */
    cause: integer(),
    message: text(),
    createdAt: instant().notNull(),
    settledAt: instant(),
  },
  (t) => [
    index('outbox_open')
      .on(t.customerId, t.userId, t.id)
      .where(sql`state in ('waiting', 'failed')`),
    index('outbox_waiting')
      .on(t.id)
      .where(sql`state = 'waiting'`),
  ],
)
