import { sql } from 'drizzle-orm'
import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { PromisedFrom, Repeat } from '#shared/task.ts'
import { instant } from '#server/db/columns.ts'

/** A dated promise of one member to one customer. `id` is given by the page, or follows from the task it repeats. */
export const tasks = pgTable(
  'tasks',
  {
    id: uuid().primaryKey(),
    customerId: text().notNull(),
    userId: text().notNull(),
    noteId: uuid(),
    title: text().notNull(),
    dueAt: instant().notNull(),
    /** When the member is told; null: not at all. */
    remindAt: instant(),
    /** The `remindAt` for which a reminder stands in the outbox: never two for one. */
    remindedFor: instant(),
    repeat: text().$type<Repeat>(),
    /** Null: nobody said that it was promised. */
    promisedFrom: text().$type<PromisedFrom>(),
    state: text({ enum: ['open', 'done', 'dropped'] })
      .notNull()
      .default('open'),
    createdAt: instant().notNull(),
    settledAt: instant(),
  },
  (t) => [
    index('tasks_open')
      .on(t.userId, t.dueAt)
      .where(sql`state = 'open'`),
    index('tasks_of_customer').on(t.customerId, t.userId, t.createdAt.desc(), t.id.desc()),
    index('tasks_of_member').on(t.userId, t.dueAt),
    index('tasks_to_remind')
      .on(t.remindAt)
      .where(sql`state = 'open' and remind_at is not null and reminded_for is distinct from remind_at`),
  ],
)
