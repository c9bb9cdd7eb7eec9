import type { Field, FieldValue } from '#shared/fields.ts'

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** What is wrong with a value for a field, in a sentence; undefined when it fits. */
export function problemOf(field: Field, value: FieldValue | null): string | undefined {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0))
    return field.required ? `「${field.name}」必填` : undefined
  switch (field.type) {
    case 'text':
      return typeof value === 'string' ? undefined : `「${field.name}」要填文字`
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? undefined : `「${field.name}」要填数字`
    case 'date':
      return typeof value === 'string' && isDay(value) ? undefined : `「${field.name}」要填日期，如 1990-11-28`
    case 'single':
      return typeof value === 'string' && field.options.includes(value)
        ? undefined
        : `「${field.name}」要从选项里选一个`
    case 'multiple':
      return Array.isArray(value) && value.every((one) => field.options.includes(one))
        ? undefined
        : `「${field.name}」要从选项里选`
  }
}

function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`)
  return DAY.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

/** An empty text or choice is no value; a choice named twice counts once. */
export function tidy(value: FieldValue | null): FieldValue | null {
  if (value === '' || (Array.isArray(value) && value.length === 0)) return null
  return Array.isArray(value) ? [...new Set(value)] : value
}
