import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { FieldType, FieldValue } from '#shared/fields.ts'
import { instant } from '#server/db/columns.ts'

/** What an admin wants to know of every customer. Shown to whom and for whom: empty lists mean everybody. */
export const customFields = pgTable('custom_fields', {
  id: uuid().primaryKey(),
  name: text().notNull(),
  type: text().$type<FieldType>().notNull(),
  options: text().array().notNull().default([]),
  required: boolean().notNull().default(false),
  position: integer().notNull(),
  roles: text().array().notNull().default([]),
  tagIds: text().array().notNull().default([]),
  /** A date whose day comes round every year: the today page greets on it. */
  birthday: boolean().notNull().default(false),
  retired: boolean().notNull().default(false),
})

/** What is known of a customer, to whoever follows them. */
export const fieldValues = pgTable(
  'field_values',
  {
    customerId: text().notNull(),
    fieldId: uuid()
      .notNull()
      .references(() => customFields.id),
    value: jsonb().$type<FieldValue>().notNull(),
    setBy: text().notNull(),
    setAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.customerId, t.fieldId] })],
)

/** Every change of one, with who made it. */
export const fieldChanges = pgTable(
  'field_changes',
  {
    id: uuid().primaryKey(),
    customerId: text().notNull(),
    fieldId: uuid().notNull(),
    userId: text().notNull(),
    before: jsonb().$type<FieldValue>(),
    after: jsonb().$type<FieldValue>(),
    at: instant().notNull(),
  },
  (t) => [index('field_changes_of_customer').on(t.customerId, t.at.desc(), t.id.desc())],
)
