import { boolean, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { RuleCondition } from '#shared/rules.ts'
import { instant } from '#server/db/columns.ts'

/** A tag that is put on by itself where a condition holds. */
export const tagRules = pgTable('tag_rules', {
  id: uuid().primaryKey(),
  name: text().notNull(),
  tagId: text().notNull(),
  condition: jsonb().$type<RuleCondition>().notNull(),
  enabled: boolean().notNull(),
  savedBy: text().notNull(),
  savedAt: instant().notNull(),
})

/** Each application of a rule, with the facts it rests on. Once for a tie: what was taken off again is not put back. */
export const tagRuleHits = pgTable(
  'tag_rule_hits',
  {
    ruleId: uuid().notNull(),
    customerId: text().notNull(),
    userId: text().notNull(),
    tagId: text().notNull(),
    why: text().notNull(),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.customerId, t.userId, t.tagId] }), index().on(t.ruleId)],
)
