import type { Ctx } from '#server/context.ts'
import { run, type Runner } from '#server/db/json.ts'

/** Entries younger than this may still be joined by one whose transaction is under way. */
const SETTLED = `interval '1 hour'`
/** Older entries may be removed by their term. */
const TERM = `interval '6 months'`

const TEXT = `concat_ws(chr(31), a.id, to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), a.actor, a.action, coalesce(a.subject, ''), a.detail::text)`
/** SQL text: the seal over the entries `a`, chained to the one before. */
const sealOf = (before: string): string =>
  `encode(sha256(convert_to(${before} || chr(30) || coalesce(string_agg(${TEXT}, chr(30) order by a.id), ''), 'UTF8')), 'hex')`

const SEAL = `
  with last as (
    select coalesce(max(to_id), 0) as id, coalesce((select hash from audit_seals order by to_id desc limit 1), '') as hash from audit_seals
  ), bound as (
    select max(a.id) as id from audit_log a, last where a.id > last.id and a.at < clock_timestamp() - ${SETTLED}
      and not exists (select 1 from audit_log y where y.id < a.id and y.id > last.id and y.at >= clock_timestamp() - ${SETTLED})
  )
  insert into audit_seals (from_id, to_id, entries, hash, sealed_at)
  select last.id + 1, bound.id, count(*), ${sealOf('last.hash')}, clock_timestamp()
  from audit_log a, last, bound where a.id > last.id and a.id <= bound.id group by last.id, last.hash, bound.id
  on conflict do nothing`

/** Seals what was written up to an hour ago, each seal over its entries and the seal before. */
export const sealAudit = (ctx: Ctx): Promise<void> => run(ctx.sql, SEAL, []).then(() => undefined)

const VERIFY = `
  with chain as (
    select s.from_id, s.to_id, s.hash, s.sealed_at, lag(s.hash, 1, '') over (order by s.to_id) as before from audit_seals s
  ), judged as (
    select c.*, count(a.id) as found, ${sealOf('c.before')} = c.hash as whole
    from chain c left join audit_log a on a.id >= c.from_id and a.id <= c.to_id group by c.from_id, c.to_id, c.hash, c.sealed_at, c.before
  )
  select count(*)::int as seals, coalesce(sum(found), 0)::int as entries,
    min(from_id) filter (where not whole and sealed_at > clock_timestamp() - ${TERM})::text as "brokenFrom",
    (select count(*)::int from audit_log a where a.id > coalesce((select max(to_id) from audit_seals), 0)) as unsealed
  from judged`

/** Whether every sealed entry is as it was, and none is missing; `brokenFrom`: the first entry of the first seal that does not hold. */
export async function verifySeals(sql: Runner) {
  const [row] = await run<{ seals: number; entries: number; brokenFrom: string | null; unsealed: number }>(
    sql,
    VERIFY,
    [],
  )
  return row!
}
