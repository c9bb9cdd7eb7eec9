import { boolean, index, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from '#server/db/columns.ts'

/** Corp tag groups as WeCom has them, plus what is ours: tone (colour) and whether only one tag of the group may be on a customer. */
export const tagGroups = pgTable('tag_groups', {
  id: text().primaryKey(),
  name: text().notNull(),
  position: integer().notNull(),
  tone: text({ enum: ['b', 'v', 'g', 'r', 'w', 'o'] }).notNull(),
  singleChoice: boolean().notNull().default(false),
  syncedAt: instant().notNull(),
})

export const tags = pgTable(
  'tags',
  {
    id: text().primaryKey(),
    groupId: text()
      .notNull()
      .references(() => tagGroups.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    position: integer().notNull(),
    pinyin: text().notNull(),
    initials: text().notNull(),
  },
  (t) => [index().on(t.groupId)],
)

/** Who put which tag on, or took it off, through us. */
export const tagMarks = pgTable(
  'tag_marks',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    customerId: text().notNull(),
    userId: text().notNull(),
    tagId: text().notNull(),
    action: text({ enum: ['add', 'remove'] }).notNull(),
    markedAt: instant().notNull(),
  },
  (t) => [index('tag_marks_recent').on(t.userId, t.markedAt.desc())],
)
