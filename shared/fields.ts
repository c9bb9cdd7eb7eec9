import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { CustomerId, FieldId, Instant, TagId } from './ids.ts'

export const FieldType = z.enum(['text', 'number', 'date', 'single', 'multiple'])
export type FieldType = z.infer<typeof FieldType>

/** Text and single choice: a text. Number: a number. Date: `YYYY-MM-DD`. Multiple choice: texts. */
export const FieldValue = z.union([
  z.string().check(z.maxLength(500)),
  z.number(),
  z.array(z.string().check(z.maxLength(60))).check(z.maxLength(30)),
])
export type FieldValue = z.infer<typeof FieldValue>

export const Field = z.object({
  id: FieldId,
  name: z.string(),
  type: FieldType,
  options: z.array(z.string()),
  required: z.boolean(),
})
export type Field = z.infer<typeof Field>

const FilledField = z.extend(Field, {
  value: z.nullable(FieldValue),
  setBy: z.nullable(z.string()),
  setAt: z.nullable(Instant),
})
export type FilledField = z.infer<typeof FilledField>

/** The fields that this member sees for this customer (by role and tag), with what is known. */
export const listFields = endpoint({
  method: 'get',
  path: '/api/customers/:customerId/fields',
  access: 'rep',
  input: z.object({ customerId: CustomerId }),
  output: z.object({ fields: z.array(FilledField) }),
})

/** One field; null empties it, which a required one refuses. Answers all. */
export const setField = endpoint({
  method: 'put',
  path: '/api/customers/:customerId/fields/:fieldId',
  access: 'rep',
  input: z.object({ customerId: CustomerId, fieldId: FieldId, value: z.nullable(FieldValue) }),
  output: z.object({ fields: z.array(FilledField) }),
})

const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(30))

/** As an admin keeps it. `roles` and `tags`: shown to these roles only, for customers with one of these tags only; empty: all. */
export const FieldRule = z.extend(Field, {
  roles: z.array(z.enum(['rep', 'clerk', 'manager'])),
  tags: z.array(TagId),
  birthday: z.boolean(),
})
export type FieldRule = z.infer<typeof FieldRule>

export const listFieldRules = endpoint({
  method: 'get',
  path: '/api/admin/fields',
  access: 'admin',
  input: z.object({}),
  output: z.object({ fields: z.array(FieldRule) }),
})

/** The whole list in its order: a new id is a new field, a missing one is retired with its values kept. A field's type never changes. */
export const saveFieldRules = endpoint({
  method: 'put',
  path: '/api/admin/fields',
  access: 'admin',
  input: z.object({
    fields: z
      .array(
        z.object({
          id: FieldId,
          name,
          type: FieldType,
          options: z.array(z.string().check(z.trim(), z.minLength(1), z.maxLength(60))).check(z.maxLength(30)),
          required: z.boolean(),
          roles: z.array(z.enum(['rep', 'clerk', 'manager'])).check(z.maxLength(3)),
          tags: z.array(TagId).check(z.maxLength(20)),
          birthday: z.boolean(),
        }),
      )
      .check(z.maxLength(50)),
  }),
  output: z.object({ fields: z.array(FieldRule) }),
})
