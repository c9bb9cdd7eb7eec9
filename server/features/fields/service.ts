import type { FieldRule, FieldValue, FilledField } from '#shared/fields.ts'
import type { CustomerId, FieldId } from '#shared/ids.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { AppError, noSuchCustomer } from '#server/errors.ts'
import { record } from '../audit/service.ts'
import { selectRoles } from '../members/service.ts'
import { selectFields, selectRules, selectTypes, writeRules, writeValue } from './queries.ts'
import { problemOf, tidy } from './rules.ts'

interface Wanted {
  customerId: CustomerId
}

/** The fields that the caller sees for this customer. */
export async function listFields(ctx: Ctx, { customerId }: Wanted): Promise<{ fields: FilledField[] }> {
  const userId = memberOf(ctx)
  const roles = ['rep', ...(await selectRoles(ctx.sql, userId))]
  const fields = await selectFields(ctx.sql, customerId, userId, roles)
  if (!fields) throw noSuchCustomer()
  return { fields }
}

/** 404 for a field that is not shown here, 400 for a value that does not fit it. */
export async function setField(ctx: Ctx, wanted: Wanted & { fieldId: FieldId; value: FieldValue | null }) {
  const { customerId, fieldId } = wanted
  const { fields } = await listFields(ctx, wanted)
  const field = fields.find((one) => one.id === fieldId)
  if (!field) throw new AppError('not_found', '没有找到这个字段')
  const problem = problemOf(field, wanted.value)
  if (problem) throw new AppError('invalid_input', problem)
  await writeValue(ctx.sql, { customerId, userId: memberOf(ctx), fieldId }, tidy(wanted.value), ctx.now())
  return await listFields(ctx, wanted)
}

export const listFieldRules = async (ctx: Ctx): Promise<{ fields: FieldRule[] }> => ({
  fields: await selectRules(ctx.sql),
})

/** 400 for a choice without options, a name used twice or a type that changed: what is stored would no longer fit. */
export async function saveFieldRules(ctx: Ctx, { fields }: { fields: FieldRule[] }): Promise<{ fields: FieldRule[] }> {
  const types = await selectTypes(ctx.sql)
  const names = new Set<string>()
  for (const field of fields) {
    if (names.has(field.name)) throw new AppError('invalid_input', `有两个字段都叫「${field.name}」`)
    names.add(field.name)
    if ((field.type === 'single' || field.type === 'multiple') && field.options.length === 0)
      throw new AppError('invalid_input', `「${field.name}」要有选项`)
    if (field.birthday && field.type !== 'date')
      throw new AppError('invalid_input', `「${field.name}」不是日期，不能当生日`)
    if ((types.get(field.id) ?? field.type) !== field.type)
      throw new AppError('invalid_input', `「${field.name}」已经有内容，不能改类型；请新建一个字段`)
  }
  await ctx.sql.begin(async (tx) => {
    await writeRules(tx, fields)
    await record(tx, memberOf(ctx), { action: 'fields.saved', subject: 'fields', detail: { names: [...names] } })
  })
  return await listFieldRules(ctx)
}

/** A value that another system brings, by the field's name; what is wrong with it, if anything. The caller has seen that the customer exists. */
export async function setFromOutside(
  ctx: Ctx,
  given: { customer: string; field: string; value: FieldValue | null; by: string },
): Promise<{ code: 'unknown_field' | 'invalid'; message: string } | undefined> {
  const field = (await selectRules(ctx.sql)).find((one) => one.name === given.field)
  if (!field) return { code: 'unknown_field', message: `没有叫「${given.field}」的字段` }
  const problem = problemOf(field, given.value)
  if (problem) return { code: 'invalid', message: problem }
  const key = { customerId: given.customer, userId: given.by, fieldId: field.id }
  await writeValue(ctx.sql, key, tidy(given.value), ctx.now())
  return undefined
}
