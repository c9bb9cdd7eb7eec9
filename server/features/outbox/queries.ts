import type { PendingWrite } from '#shared/outbox.ts'
import { run, type Runner } from '#server/db/json.ts'
import type { Fields, Write } from './tables.ts'

export interface Tie {
  customerId: string
  userId: string
}

/** SQL text of a json array: what of a row `f` of follows WeCom does not have. */
export const pendingJson = `(
  select coalesce(json_agg(w), '[]') from (
    select id::text, write ->> 'kind' as kind, state, message, created_at as "createdAt" from outbox
    where customer_id = f.customer_id and user_id = f.user_id and state in ('waiting', 'failed') order by outbox.id
  ) w)`

/** SQL text: something of the follow that `of` names (an alias with customer_id and user_id) is still on its way to WeCom. */
export const isWaiting = (of: string): string => `exists (select 1 from outbox w
  where w.customer_id = ${of}.customer_id and w.user_id = ${of}.user_id and w.state = 'waiting' and w.write ->> 'kind' <> 'message')`

/** The entry and its job in one statement; the job comes a little later than the attempt its maker makes at once. */
const INSERT = `
  with entry as (
    insert into outbox (customer_id, user_id, write, created_at) values ($1, $2, $3::text::jsonb, $4::timestamptz) returning id
  )
  select entry.id::text from entry, graphile_worker.add_job('outbox.send', json_build_object('customerId', $1::text),
    run_at := now() + interval '5 seconds', max_attempts := 25, job_key := 'outbox ' || $1::text)`

export async function insertWrite(sql: Runner, tie: Tie, write: Write, now: Date): Promise<string> {
  const [row] = await run<{ id: string }>(sql, INSERT, [tie.customerId, tie.userId, JSON.stringify(write), now])
  return row!.id
}

export interface Leased extends Tie {
  id: string
  write: Write
  createdAt: string
}

/** The oldest waiting write of a customer, if nobody is bringing it: ours for half a minute, by the database's clock. */
const LEASE = `
  update outbox set leased_until = clock_timestamp() + interval '30 seconds'
  where id = (select min(id) from outbox where customer_id = $1 and state = 'waiting')
    and state = 'waiting' and (leased_until is null or leased_until < clock_timestamp())
  returning id::text, customer_id as "customerId", user_id as "userId", write, created_at::text as "createdAt",
    case
      when exists (select 1 from follows f where f.customer_id = outbox.customer_id and f.user_id = outbox.user_id
        and f.ended_at is not null) then '已不再跟进这位客户'
      when write ->> 'taskId' is not null and not exists (select 1 from tasks t where t.id = (write ->> 'taskId')::uuid
        and t.state = 'open' and t.remind_at = (write ->> 'remindAt')::timestamptz) then '待办已经办好或改期'
      when exists (select 1 from note_reviews r where r.id = (write ->> 'reviewId')::uuid and r.undone_at is not null) then '审阅已撤销'
    end as moot`

/** `moot`: why it need not be brought any more. */
export async function leaseNext(
  sql: Runner,
  customerId: string,
): Promise<(Leased & { moot: string | null }) | undefined> {
  const [row] = await run<Leased & { moot: string | null }>(sql, LEASE, [customerId])
  return row
}

/** Whether anything of a customer is still to be brought, by whomever. */
export async function hasWaiting(sql: Runner, customerId: string): Promise<boolean> {
  const text = `select exists (select 1 from outbox where customer_id = $1 and state = 'waiting') as waits`
  const [row] = await run<{ waits: boolean }>(sql, text, [customerId])
  return row?.waits ?? false
}

export async function release(sql: Runner, id: string): Promise<void> {
  await run(sql, 'update outbox set leased_until = null where id = $1::bigint', [id])
}

/** WeCom has it: from now on what WeCom says of the follow is believed again, but nothing it said before. */
const DONE = `
  with entry as (
    update outbox set state = 'done', settled_at = $2::timestamptz, leased_until = null
    where id = $1::bigint and state = 'waiting' returning customer_id, user_id, write
  )
  update follows f set edited_at = $2::timestamptz from entry e
  where f.customer_id = e.customer_id and f.user_id = e.user_id and e.write ->> 'kind' <> 'message'`

export async function settleDone(sql: Runner, id: string, now: Date): Promise<void> {
  await run(sql, DONE, [id, now])
}

export async function settle(
  sql: Runner,
  id: string,
  end: { state: 'failed' | 'dropped'; cause: number | null; message: string | null },
  now: Date,
): Promise<void> {
  const text = `update outbox set state = $2, cause = $3::int, message = $4, settled_at = $5::timestamptz, leased_until = null
    where id = $1::bigint`
  await run(sql, text, [id, end.state, end.cause, end.message, now])
}

/** By difference, so that what others did meanwhile stays; and the marks it left are gone with it. */
const UNDO_TAGS = `
  with f as (
    update follows f set edited_at = $5::timestamptz,
      tag_ids = array(select t from unnest(f.tag_ids) t where t <> all($3::text[]))
        || array(select t from unnest($4::text[]) t where t <> all(f.tag_ids))
    where f.customer_id = $1 and f.user_id = $2
  )
  delete from tag_marks where customer_id = $1 and user_id = $2 and marked_at = $6::text::timestamptz`

/** Only what still is as we set it. */
const UNDO_FIELDS = `
  update follows f set edited_at = $5::timestamptz,
    remark = case when f.remark = $3::text::jsonb ->> 'remark' then $4::text::jsonb ->> 'remark' else f.remark end,
    description = case when f.description = $3::text::jsonb ->> 'description' then $4::text::jsonb ->> 'description'
      else f.description end,
    company = case when f.company = $3::text::jsonb ->> 'company' then $4::text::jsonb ->> 'company' else f.company end
  where f.customer_id = $1 and f.user_id = $2`

/** Takes a change back in our copy. */
export async function undo(sql: Runner, { customerId, userId, write, createdAt }: Leased, now: Date): Promise<void> {
  if (write.kind === 'tags') {
    await run(sql, UNDO_TAGS, [customerId, userId, write.added, write.removed, now, createdAt])
  } else if (write.kind === 'remark') {
    await run(sql, UNDO_FIELDS, [customerId, userId, JSON.stringify(write.fields), JSON.stringify(write.before), now])
  }
}

export async function selectOutcome(sql: Runner, id: string) {
  const [row] = await run<{ state: 'waiting' | 'done' | 'failed' | 'dropped' }>(
    sql,
    'select state from outbox where id = $1::bigint',
    [id],
  )
  return row!.state
}

/** undefined: the member does not follow such a customer. */
export async function selectPending(sql: Runner, tie: Tie): Promise<PendingWrite[] | undefined> {
  const text = `select ${pendingJson} as pending from follows f
    where f.customer_id = $1 and f.user_id = $2 and f.ended_at is null`
  const [row] = await run<{ pending: PendingWrite[] }>(sql, text, [tie.customerId, tie.userId])
  return row?.pending
}

export interface Own extends Leased {
  state: 'waiting' | 'failed'
  busy: boolean
}

/** The caller's own entry, locked until the transaction ends. */
export async function lockOwn(sql: Runner, tie: Tie, id: string): Promise<Own | undefined> {
  const text = `select o.id::text, o.customer_id as "customerId", o.user_id as "userId", o.write, o.created_at::text as "createdAt",
      o.state, coalesce(o.leased_until > clock_timestamp(), false) as busy
    from outbox o join follows f on f.customer_id = o.customer_id and f.user_id = o.user_id and f.ended_at is null
    where o.id = $3::bigint and o.customer_id = $1 and o.user_id = $2 and o.state in ('waiting', 'failed')
    for update of o`
  const [row] = await run<Own>(sql, text, [tie.customerId, tie.userId, id])
  return row
}

/** The fields as they are, for taking a change of them back. */
export async function selectFields(sql: Runner, tie: Tie): Promise<Required<Fields> | undefined> {
  const text = `select remark, description, company from follows f
    where f.customer_id = $1 and f.user_id = $2 and f.ended_at is null for update`
  const [row] = await run<Required<Fields>>(sql, text, [tie.customerId, tie.userId])
  return row
}
