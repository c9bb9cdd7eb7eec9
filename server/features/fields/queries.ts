import type { FieldRule, FieldValue, FilledField } from '#shared/fields.ts'
import { run, type Runner } from '#server/db/json.ts'

/** The fields shown to member $2 for customer $1: by the member's roles and by the tags of their own follow. */
const FIELDS = `
  select coalesce((select json_agg(json_build_object('id', d.id, 'name', d.name, 'type', d.type, 'options', d.options, 'required', d.required,
      'value', v.value, 'setBy', coalesce(m.name, v.set_by), 'setAt', v.set_at) order by d.position, d.id)
    from custom_fields d
    left join field_values v on v.field_id = d.id and v.customer_id = f.customer_id
    left join members m on m.user_id = v.set_by
    where not d.retired and (d.tag_ids = '{}' or d.tag_ids && f.tag_ids) and (d.roles = '{}' or d.roles && $3::text[])), '[]') as fields
  from follows f where f.customer_id = $1 and f.user_id = $2 and f.ended_at is null`

/** undefined: not followed. */
export async function selectFields(sql: Runner, customerId: string, userId: string, roles: string[]) {
  const [row] = await run<{ fields: FilledField[] }>(sql, FIELDS, [customerId, userId, roles])
  return row?.fields
}

/** The value and its history, where it is another than before. */
const SET = `
  with old as (
    select d.id, (select v.value from field_values v where v.field_id = d.id and v.customer_id = $1) as value
    from custom_fields d where d.id = $3::uuid for update
  ), changed as (
    select * from old where old.value is distinct from $4::text::jsonb
  ), told as (
    insert into field_changes (id, customer_id, field_id, user_id, before, after, at)
    select gen_random_uuid(), $1, c.id, $2, c.value, $4::text::jsonb, $5::timestamptz from changed c
  ), emptied as (
    delete from field_values v using changed c where v.field_id = c.id and v.customer_id = $1 and $4::text is null
  )
  insert into field_values (customer_id, field_id, value, set_by, set_at)
  select $1, c.id, $4::text::jsonb, $2, $5::timestamptz from changed c where $4::text is not null
  on conflict (customer_id, field_id) do update set value = excluded.value, set_by = excluded.set_by, set_at = excluded.set_at`

export async function writeValue(
  sql: Runner,
  key: { customerId: string; userId: string; fieldId: string },
  value: FieldValue | null,
  now: Date,
): Promise<void> {
  await run(sql, SET, [key.customerId, key.userId, key.fieldId, value === null ? null : JSON.stringify(value), now])
}

const RULES = `
  select coalesce(json_agg(json_build_object('id', d.id, 'name', d.name, 'type', d.type, 'options', d.options, 'required', d.required,
    'roles', d.roles, 'tags', d.tag_ids, 'birthday', d.birthday) order by d.position, d.id), '[]') as fields
  from custom_fields d where not d.retired`

export async function selectRules(sql: Runner): Promise<FieldRule[]> {
  const [row] = await run<{ fields: FieldRule[] }>(sql, RULES, [])
  return row!.fields
}

/** Those of the list in its order; the others are retired, and what was known in them is kept. */
const SAVE = `
  with given as (
    select g.*, at from jsonb_array_elements($1::text::jsonb) with ordinality as e(field, at),
      jsonb_to_record(e.field) as g(id uuid, name text, type text, options text[], required boolean, roles text[], tags text[], birthday boolean)
  ), gone as (
    update custom_fields set retired = true where id not in (select id from given) and not retired
  )
  insert into custom_fields as d (id, name, type, options, required, position, roles, tag_ids, birthday)
  select id, name, type, options, required, at, roles, tags, birthday from given
  on conflict (id) do update set name = excluded.name, options = excluded.options, required = excluded.required, position = excluded.position,
    roles = excluded.roles, tag_ids = excluded.tag_ids, birthday = excluded.birthday, retired = false`

export async function writeRules(sql: Runner, fields: FieldRule[]): Promise<void> {
  await run(sql, SAVE, [JSON.stringify(fields)])
}

export async function selectTypes(sql: Runner): Promise<Map<string, string>> {
  const rows = await run<{ id: string; type: string }>(sql, 'select id, type from custom_fields', [])
  return new Map(rows.map((row) => [row.id, row.type]))
}
