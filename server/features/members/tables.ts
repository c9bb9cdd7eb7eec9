import { index, integer, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
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

/** Which department stands at or below which: a leader's scope is one join. Written anew with `departments`. */
export const departmentTree = pgTable(
  'department_tree',
  { ancestorId: integer().notNull(), descendantId: integer().notNull() },
  (t) => [primaryKey({ columns: [t.ancestorId, t.descendantId] })],
)

/** Roles an admin gave. Managers are not here: WeCom says who leads a department. */
export const memberRoles = pgTable(
  'member_roles',
  {
    userId: text().notNull(),
    role: text({ enum: ['clerk', 'admin', 'auditor'] }).notNull(),
    givenBy: text().notNull(),
    givenAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.role] })],
)
