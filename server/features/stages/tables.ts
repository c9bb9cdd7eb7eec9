import { boolean, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from '#server/db/columns.ts'

/** The corp's pipeline. Moving to a `lost` stage wants a reason. */
export const stages = pgTable('stages', {
  id: text().primaryKey(),
  name: text().notNull(),
  position: integer().notNull(),
  kind: text({ enum: ['open', 'won', 'lost'] }).notNull(),
  retired: boolean().notNull().default(false),
})

/** Each move of a follow from one stage to another. `id` is given by the page. */
export const stageMoves = pgTable(
  'stage_moves',
  {
    id: uuid().primaryKey(),
    customerId: text().notNull(),
    userId: text().notNull(),
    fromStageId: text(),
    toStageId: text(),
    reason: text(),
    movedAt: instant().notNull(),
  },
  (t) => [index('stage_moves_of_follow').on(t.customerId, t.userId, t.movedAt.desc(), t.id.desc())],
)
