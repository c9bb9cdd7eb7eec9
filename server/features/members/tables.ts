import { index, integer, pgTable, smallint, text } from 'drizzle-orm/pg-core'
import { instant } from '#server/db/columns.ts'

export const departments = pgTable('departments', {
  id: integer().primaryKey(),
  name: text().notNull(),
  parentId: integer(),
  leaderUserIds: text().array().notNull().default([]),
  syncedAt: instant().notNull(),
})

/** WeCom employees. `userId` keeps WeCom's case; compare it case-insensitively. `status` 1 active, 2 disabled, 4 not activated, 5 left. */
export const members = pgTable(
  'members',
  {
    userId: text().primaryKey(),
    name: text().notNull(),
    position: text().notNull().default(''),
    mainDepartmentId: integer(),
    departmentIds: integer().array().notNull().default([]),
    status: smallint().notNull().default(1),
    syncedAt: instant().notNull(),
  },
  (t) => [index().on(t.mainDepartmentId)],
)
