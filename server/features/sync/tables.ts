import { sql } from 'drizzle-orm'
import { bigint, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { instant } from '#server/db/columns.ts'

/** One pass over what WeCom has: `full` all of it, `recent` what moved lately. Differences after the first are lost callbacks. */
export const syncRuns = pgTable(
  'sync_runs',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    kind: text({ enum: ['full', 'recent'] }).notNull(),
    startedAt: instant().notNull(),
    finishedAt: instant(),
    customers: integer().notNull().default(0),
    differences: integer().notNull().default(0),
  },
  (t) => [
    uniqueIndex('sync_runs_open')
      .on(t.kind)
      .where(sql`finished_at is null`),
  ],
)

/** How far one member's customers are read in a run. `cursor` moves in the transaction of its page. */
export const syncMembers = pgTable(
  'sync_members',
  {
    runId: bigint({ mode: 'number' })
      .notNull()
      .references(() => syncRuns.id, { onDelete: 'cascade' }),
    userId: text().notNull(),
    state: text({ enum: ['waiting', 'done', 'failed'] })
      .notNull()
      .default('waiting'),
    /** When the first page was asked for; ties not seen since are gone. */
    begunAt: instant(),
    cursor: text().notNull().default(''),
    customers: integer().notNull().default(0),
    differences: integer().notNull().default(0),
    /** WeCom's errcode, for a member that failed. */
    cause: integer(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.userId] })],
)
