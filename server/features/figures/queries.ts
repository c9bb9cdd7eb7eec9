import type { FigureId, FigureMember, FigureRow, Figures, RowSet } from '#shared/figures.ts'
import { RANKED_FROM } from '#shared/figures.ts'
import type { Place } from '#server/db/cursor.ts'
import { instantText, run, type Runner } from '#server/db/json.ts'
import { ledBy, ledTie } from '#server/db/scope.ts'
import { ACTIVITY_STEPS, courseAt, CURRENCY, DAYS_LIVED, LED, ROWS, stepOf, valueOf } from './rows.ts'
import type { Lived } from './survival.ts'

export interface Scope {
  me: string
  from: Date
  to: Date
  store: number | null
  member: string | null
  /** Of ties alone: `YYYY-MM`, and months or days. */
  month: string | null
  after: number | null
}
const valuesOf = ({ me, from, to, store, member, month, after }: Scope) => [me, from, to, store, member, month, after]

interface Step {
  step: number | null
  value: number | null
  n: number
}

/** One figure, whole and by `step` of the period; one statement, and another where the steps are no parts of the whole. `course` false: its value alone. */
export async function selectFigure(sql: Runner, figure: FigureId, scope: Scope, stepDays: number, course = true) {
  const text = `with ${LED}, x as (${ROWS[figure]})
    select ${stepOf(courseAt(figure))} as step, ${valueOf(figure)} as value, count(*)::int as n from x group by grouping sets ((), (1))`
  const values = [...valuesOf(scope), stepDays]
  const rows = await run<Step>(sql, text, values)
  const whole = rows.find((row) => row.step === null)
  const steps = figure === 'activity' && course ? await run<Step>(sql, ACTIVITY_STEPS, values) : rows
  return { value: whole?.value ?? null, n: whole?.n ?? 0, steps: steps.filter((row) => row.step !== null) }
}

const linearJoin = `
  left join (
    select h.user_id, sum(case when h.place = 1 then x.amount - (h.n - 1) * trunc(x.amount::numeric / h.n) else trunc(x.amount::numeric / h.n) end)::float8 as linear
    from (select distinct on (id) * from x0) x
    cross join lateral (
      select s.user_id, row_number() over (order by max(s.sent_at) desc, s.user_id) as place, count(*) over () as n
      from sends s where s.customer_id = x.customer_id and s.outcome = 'ok' and s.sent_at <= x.sold_at
        and s.sent_at > x.sold_at - interval '7 days' group by s.user_id) h
    group by h.user_id) k on k.user_id = l.user_id`

/** By member; who has enough rows first, by value. */
export async function selectMembers(sql: Runner, figure: FigureId, scope: Scope): Promise<FigureMember[]> {
  const assisted = figure === 'assisted'
  const every = assisted ? `, x0 as (${everyOrder})` : ''
  const text = `with ${LED}, x as (${ROWS[figure]})${every}
    select l.user_id as "userId", l.name, v.value, coalesce(v.n, 0) as n, ${assisted ? 'k.linear' : 'null::float8 as linear'}
    from led l left join (select x.user_id, ${valueOf(figure)} as value, count(*)::int as n from x group by 1) v on v.user_id = l.user_id
    ${assisted ? linearJoin : ''}
    order by coalesce(v.n, 0) < ${RANKED_FROM}, case when v.n >= ${RANKED_FROM} then v.value end desc nulls last, l.name`
  return await run<FigureMember>(sql, text, valuesOf(scope))
}

/** Orders to which somebody led contributed, whoever was last: what is shared evenly. */
const everyOrder = `
  select o.id, c.id as customer_id, o.amount_fen as amount, w.sold_at
  from (select distinct s.customer_id from sends s where s.user_id in (select user_id from led) and s.outcome = 'ok'
    and s.sent_at >= $2::timestamptz - interval '7 days' and s.sent_at < $3::timestamptz) touched
  join customers c on c.id = touched.customer_id
  join orders o on o.buyer_id = c.buyer_id and o.ordered_at >= $2::timestamptz and o.ordered_at < $3::timestamptz and o.currency = ${CURRENCY}
  cross join lateral (select coalesce(case when o.kind = 'refund' then (select max(p.ordered_at) from orders p
      where p.buyer_id = o.buyer_id and p.kind = 'sale' and p.ordered_at <= o.ordered_at) end, o.ordered_at) as sold_at) w`

/** The rows themselves. Names and words only of customers whom somebody led by the caller follows now; that a tie ended, and when, is no word of theirs. */
export async function selectRows(
  sql: Runner,
  figure: RowSet,
  scope: Scope,
  after: Place | null,
  limit: number,
): Promise<FigureRow[]> {
  const tied = figure === 'retention' || figure === 'survival'
  const text = `with ${LED}, x as (${ROWS[figure]}), page as (
      select * from x where $8::timestamptz is null or (x.at, x.id) < ($8::timestamptz, $9) order by x.at desc, x.id desc limit $10::int)
    select x.id, x.user_id as "userId", l.name as "memberName", case when f.customer_id is not null then x.customer_id end as "customerId",
      coalesce(nullif(f.remark, ''), c.name) as "customerName", ${instantText('x.at')} as at, x.counts, x.amount::float8 as amount,
      case when ${tied ? 'true' : 'f.customer_id is not null or x.customer_id is null'} then x.text else '' end as text
    from page x join led l on l.user_id = x.user_id
    left join follows f on f.customer_id = x.customer_id and f.user_id = x.user_id and ${ledTie('$1')}
    left join customers c on c.id = f.customer_id
    order by x.at desc, x.id desc`
  return await run<FigureRow>(sql, text, [...valuesOf(scope), after?.at ?? null, after?.id ?? null, limit])
}

export async function countRows(sql: Runner, figure: RowSet, scope: Scope) {
  const text = `with ${LED}, x as (${ROWS[figure]}) select count(*)::int as total, count(*) filter (where x.counts)::int as counted from x`
  const [row] = await run<{ total: number; counted: number }>(sql, text, valuesOf(scope))
  return row!
}

/** Ties by how many whole days they stood. */
export async function selectLived(sql: Runner, scope: Scope): Promise<Lived[]> {
  const text = `with ${LED}
    select ${DAYS_LIVED} as days,
      count(*) filter (where f.ended_at < $3::timestamptz)::int as ended,
      count(*) filter (where f.ended_at is null or f.ended_at >= $3::timestamptz)::int as standing
    from follows f where f.user_id in (select user_id from led) and f.added_at < $3::timestamptz group by 1`
  return await run<Lived>(sql, text, valuesOf(scope))
}

const MONTHS = 12
/** The last twelve months' ties: of each, those that still stood after k whole months, where all of them have had the time. */
const COHORTS = `with ${LED}, ties as (
    select to_char(f.added_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month, f.added_at, f.ended_at from follows f
    where f.user_id in (select user_id from led) and f.added_at < $3::timestamptz
      and f.added_at >= (date_trunc('month', $3::timestamptz at time zone 'Asia/Shanghai') - interval '${MONTHS - 1} months') at time zone 'Asia/Shanghai'
  )
  select t.month, count(*)::int as n, (select json_agg(case when (t.month || '-01')::date + interval '1 month' + (g.k + 1) * interval '1 month' <= ($3::timestamptz at time zone 'Asia/Shanghai')
      then s.kept end order by g.k) from generate_series(0, ${MONTHS - 1}) g(k) left join lateral (
        select avg((u.ended_at is null or u.ended_at >= u.added_at + (g.k + 1) * interval '1 month')::int)::float8 as kept from ties u where u.month = t.month) s on true) as kept
  from ties t group by t.month order by t.month`

export const selectCohorts = (sql: Runner, scope: Scope) =>
  run<Figures['cohorts'][number]>(sql, COHORTS, valuesOf(scope))

const AROUND = `
  select ${CURRENCY} as currency,
    (select coalesce(json_agg(json_build_object('userId', m.user_id, 'name', m.name) order by m.name), '[]') from members m where m.user_id in (${ledBy('$1')}) and m.status <> 5) as members,
    (select coalesce(json_agg(json_build_object('id', d.id, 'name', d.name) order by d.id), '[]') from departments d where d.id in (
      select t.descendant_id from departments l join department_tree t on t.ancestor_id = l.id where $1 = any(l.leader_user_ids))) as stores`

export async function selectAround(sql: Runner, me: string) {
  const [row] = await run<Pick<Figures, 'currency' | 'members' | 'stores'>>(sql, AROUND, [me])
  return row!
}

export async function selectAnswer(sql: Runner, me: string, filters: string) {
  const text = `select answer, took_ms as "tookMs", ${instantText('taken_at')} as "takenAt" from figure_answers where user_id = $1 and filters = $2`
  const [row] = await run<{ answer: Figures; tookMs: number; takenAt: string }>(sql, text, [me, filters])
  return row
}

export async function writeAnswer(
  sql: Runner,
  me: string,
  filters: string,
  answer: Figures,
  tookMs: number,
  now: Date,
) {
  const text = `insert into figure_answers as a (user_id, filters, answer, took_ms, taken_at) values ($1, $2, $3::text::jsonb, $4::int, $5::timestamptz)
    on conflict (user_id, filters) do update set answer = excluded.answer, took_ms = excluded.took_ms, taken_at = excluded.taken_at
    where a.taken_at <= excluded.taken_at`
  await run(sql, text, [me, filters, JSON.stringify(answer), tookMs, now])
}

/** Whoever leads a department with somebody in it, and answers nobody asked for lately. */
export const selectLeaders = (sql: Runner) =>
  run<{ userId: string }>(
    sql,
    `select distinct u as "userId" from departments d, unnest(d.leader_user_ids) u join members m on m.user_id = u and m.status = 1`,
    [],
  )

export async function forgetAnswers(sql: Runner, before: Date): Promise<void> {
  await run(sql, 'delete from figure_answers where taken_at < $1::timestamptz', [before])
}

/** Counting everything of so many ties takes seconds: not while somebody waits. */
const LARGE = 50_000

export async function isLarge(sql: Runner, me: string): Promise<boolean> {
  const text = `select count(*)::int as n from (select 1 from follows f where ${ledTie('$1')} limit ${LARGE + 1}) t`
  const [row] = await run<{ n: number }>(sql, text, [me])
  return row!.n > LARGE
}
