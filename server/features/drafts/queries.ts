import { ledTie } from '#server/db/scope.ts'
import { run, type Runner } from '#server/db/json.ts'

/** `$1` customer, `$2` member; the tie is the caller's own. */
const ABOUT = `
  select f.salutation, array_remove(array[c.name, f.remark, f.salutation], '') as names, g.name as stage, d.name as store
  from follows f join customers c on c.id = f.customer_id
  left join stages g on g.id = f.stage_id
  left join members m on m.user_id = f.user_id left join departments d on d.id = m.main_department_id
  where f.customer_id = $1 and f.user_id = $2 and f.ended_at is null`

export interface About {
  salutation: string
  /** What this customer is called, by themselves and by the caller. */
  names: string[]
  stage: string | null
  store: string | null
}

/** undefined: not followed. */
export async function selectAbout(sql: Runner, customerId: string, userId: string): Promise<About | undefined> {
  const [row] = await run<About>(sql, ABOUT, [customerId, userId])
  return row
}

/** The names alone, for whoever follows the customer or leads somebody who does: a handover is read by both. */
const NAMES = `
  select array_remove(array_agg(distinct name), '') as names from (
    select unnest(array[c.name, f.remark, f.salutation]) as name
    from follows f join customers c on c.id = f.customer_id
    where f.customer_id = $1 and ((f.user_id = $2 and f.ended_at is null) or (${ledTie('$2')}))) n`

export async function selectNames(sql: Runner, customerId: string, userId: string): Promise<string[] | undefined> {
  const [row] = await run<{ names: string[] | null }>(sql, NAMES, [customerId, userId])
  return row?.names ?? undefined
}

/** Colleagues, and other customers of the caller's, whose names stand in a text. `$1` text, `$2` member, `$3` customer. */
const NAMED = `
  select name from members where length(name) > 1 and strpos($1, name) > 0
  union
  select n.name from follows f join customers c on c.id = f.customer_id, unnest(array[c.name, f.remark]) as n(name)
  where f.user_id = $2 and f.customer_id <> $3 and f.ended_at is null and length(n.name) > 1 and strpos($1, n.name) > 0`

export async function selectNamed(sql: Runner, text: string, userId: string, customerId: string): Promise<string[]> {
  return (await run<{ name: string }>(sql, NAMED, [text, userId, customerId])).map(({ name }) => name)
}

/** One more draft, while there are fewer than `$3`: counted and checked in one statement, in however many processes. */
const TAKE = `
  insert into draft_days as d (user_id, day, drafts) values ($1, $2::date, 1)
  on conflict (user_id, day) do update set drafts = d.drafts + 1 where d.drafts < $3::int
  returning drafts`

/** How many of the day it makes; undefined: there are none left. */
export async function takeDraft(sql: Runner, userId: string, day: string, most: number): Promise<number | undefined> {
  const [row] = await run<{ drafts: number }>(sql, TAKE, [userId, day, most])
  return row?.drafts
}

export async function selectDrafts(sql: Runner, userId: string, day: string): Promise<number> {
  const [row] = await run<{ drafts: number }>(
    sql,
    'select drafts from draft_days where user_id = $1 and day = $2::date',
    [userId, day],
  )
  return row?.drafts ?? 0
}
