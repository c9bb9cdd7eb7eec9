import type { Transfer } from '#shared/transfers.ts'
import type { Place } from '#server/db/cursor.ts'
import { instantText, run, type Runner } from '#server/db/json.ts'
import { ledBy, ledTie } from '#server/db/scope.ts'

export interface NewTransfer {
  batch: string
  ties: { customer: string; follower: string }[]
  to: string
  by: string
  reason: string
  message: string
}

const INSERT = `
  with wanted as (
    select * from jsonb_to_recordset($2::text::jsonb) as w(customer text, follower text)
  )
  insert into transfers (batch_id, customer_id, from_user_id, to_user_id, by_user_id, reason, message, created_at)
  select $1::uuid, f.customer_id, f.user_id, $3, $4, $5, $6, $7::timestamptz
  from wanted w join follows f on f.customer_id = w.customer and f.user_id = w.follower and ${ledTie('$4')}
  on conflict (batch_id, customer_id, from_user_id) do nothing`

export async function insertTransfers(sql: Runner, given: NewTransfer, now: Date): Promise<void> {
  const { batch, ties, to, by, reason, message } = given
  await run(sql, INSERT, [batch, JSON.stringify(ties), to, by, reason, message, now])
}

/** How many of these ties are the caller's to give, and whether the taker is somebody they lead. */
export async function countLed(sql: Runner, ties: NewTransfer['ties'], to: string, me: string) {
  const text = `select count(*)::int as n, exists (select 1 from members m where m.user_id = $2 and m.status = 1 and m.user_id in (${ledBy('$3')})) as "mayTake"
    from jsonb_to_recordset($1::text::jsonb) as w(customer text, follower text)
    join follows f on f.customer_id = w.customer and f.user_id = w.follower and ${ledTie('$3')}`
  const [row] = await run<{ n: number; mayTake: boolean }>(sql, text, [JSON.stringify(ties), to, me])
  return row!
}

const COLUMNS = `t.id::text, t.customer_id as "customerId", coalesce(nullif(f.remark, ''), c.name) as "customerName",
  json_build_object('userId', t.from_user_id, 'name', coalesce(a.name, t.from_user_id)) as "from",
  json_build_object('userId', t.to_user_id, 'name', coalesce(b.name, t.to_user_id)) as "to",
  coalesce((select name from members where user_id = t.by_user_id), t.by_user_id) as by, t.reason, t.state, t.errcode,
  ${instantText('t.created_at')} as at, ${instantText('t.settled_at')} as "settledAt"`
/** The name is the giver's remark for as long as they follow, else what the customer calls themselves. */
const FROM = `from transfers t join customers c on c.id = t.customer_id
  left join follows f on f.customer_id = t.customer_id and f.user_id = t.from_user_id and f.ended_at is null
  left join members a on a.user_id = t.from_user_id left join members b on b.user_id = t.to_user_id`
const SEEN = `(t.from_user_id in (${ledBy('$1')}) or t.to_user_id in (${ledBy('$1')}))`

export type Found = Omit<Transfer, 'why'> & { errcode: number | null }

export const selectBatch = (sql: Runner, me: string, batch: string): Promise<Found[]> =>
  run<Found>(
    sql,
    `select ${COLUMNS} ${FROM} where ${SEEN} and t.batch_id = $2::uuid and t.by_user_id = $1 order by t.id`,
    [me, batch],
  )

export const selectTransfers = (sql: Runner, me: string, after: Place | null, limit: number): Promise<Found[]> =>
  run<Found>(
    sql,
    `select ${COLUMNS} ${FROM} where ${SEEN} and ($2::timestamptz is null or (t.created_at, t.id) < ($2::timestamptz, $3::bigint))
      order by t.created_at desc nulls last, t.id desc nulls last limit $4::int`,
    [me, after?.at ?? null, after?.id ?? null, limit],
  )

export const selectTakers = (sql: Runner, me: string) =>
  run<{ userId: string; name: string; storeName: string | null; customers: number }>(
    sql,
    `select m.user_id as "userId", m.name, d.name as "storeName",
      (select count(*)::int from follows f where f.user_id = m.user_id and f.ended_at is null) as customers
      from members m left join departments d on d.id = m.main_department_id where m.status = 1 and m.user_id in (${ledBy('$1')}) order by d.id, m.name`,
    [me],
  )

export interface Under {
  from: string
  to: string
  message: string
  customers: string[]
}

/** What WeCom is to be asked: by giver, taker and message. */
export const selectWaiting = (sql: Runner, batch: string) =>
  run<Under>(
    sql,
    `select from_user_id as "from", to_user_id as "to", message, array_agg(customer_id order by id) as customers from transfers
      where batch_id = $1::uuid and state = 'waiting' group by 1, 2, 3`,
    [batch],
  )

/** The answer of WeCom, row by row: asked, or failed with its code. */
export async function settleAsked(
  sql: Runner,
  batch: string,
  from: string,
  rows: { customerId: string; errcode: number }[],
  now: Date,
): Promise<void> {
  const text = `update transfers t set state = case when r.errcode = 0 then 'asked' else 'failed' end, errcode = nullif(r.errcode, 0),
      asked_at = $4::timestamptz, settled_at = case when r.errcode <> 0 then $4::timestamptz end
    from jsonb_to_recordset($3::text::jsonb) as r("customerId" text, errcode int)
    where t.batch_id = $1::uuid and t.from_user_id = $2 and t.customer_id = r."customerId" and t.state = 'waiting'`
  await run(sql, text, [batch, from, JSON.stringify(rows), now])
}

/** Pairs of members between whom something is under way. */
export const selectPairs = (sql: Runner) =>
  run<{ from: string; to: string }>(
    sql,
    `select distinct from_user_id as "from", to_user_id as "to" from transfers where state = 'asked'`,
    [],
  )

export async function settleResults(
  sql: Runner,
  from: string,
  to: string,
  rows: { customerId: string; state: string }[],
  now: Date,
): Promise<void> {
  const text = `update transfers t set state = r.state, settled_at = $4::timestamptz
    from jsonb_to_recordset($3::text::jsonb) as r("customerId" text, state text)
    where t.from_user_id = $1 and t.to_user_id = $2 and t.customer_id = r."customerId" and t.state = 'asked'`
  await run(sql, text, [from, to, JSON.stringify(rows), now])
}
