import type { Sql } from 'postgres'
import type { Output } from '#shared/endpoint.ts'
import type { listConflicts } from '#shared/imports.ts'
import type { Runner } from '#server/db/json.ts'
import { run } from '#server/db/json.ts'

/** How sure each kind of evidence is. One phone is sometimes a family's; an id is a person's. */
const CONFIDENCE = { external: 1, union: 0.98, member: 0.95, phone: 0.9 } as const

/**
 * Customers of buyers that have none, by what imports said of them and by a custom field 会员号. One fitting customer who is nobody yet is linked; several, or one
 * who is another buyer already, are a conflict for somebody to decide. What was rejected is not tried again.
 */
const MATCH = `
  with open as materialized (
    select b.id, b.member_number from buyers b where b.source = $1 and not exists (select 1 from customers c where c.buyer_id = b.id)
  ), found as (
    select o.id as buyer_id, c.id as customer_id, 'external' as by, ${CONFIDENCE.external} as confidence
    from open o join buyer_hints h on h.buyer_id = o.id and h.kind = 'external' join customers c on c.id = h.value
    union all
    select o.id, c.id, 'union', ${CONFIDENCE.union} from open o join buyer_hints h on h.buyer_id = o.id and h.kind = 'union' join customers c on c.union_id = h.value
    union all
    select o.id, v.customer_id, 'member', ${CONFIDENCE.member} from open o join field_values v on v.value = to_jsonb(o.member_number)
      join custom_fields d on d.id = v.field_id and d.name = '会员号'
    union all
    select distinct o.id, f.customer_id, 'phone', ${CONFIDENCE.phone} from open o join buyer_hints h on h.buyer_id = o.id and h.kind = 'phone'
      join follows f on f.phones @> array[h.value] and f.ended_at is null
  ), best as (
    select distinct on (buyer_id, customer_id) * from found order by buyer_id, customer_id, confidence desc
  ), open_best as (
    select b.*, count(*) over (partition by b.buyer_id, b.confidence) as rivals, max(b.confidence) over (partition by b.buyer_id) as top,
      count(*) over (partition by b.customer_id) as claims, c.buyer_id as taken
    from best b join customers c on c.id = b.customer_id
    where not exists (select 1 from buyer_matches m where m.buyer_id = b.buyer_id and m.customer_id = b.customer_id and m.state = 'rejected')
  ), judged as (
    select *, case when rivals = 1 and claims = 1 and taken is null then 'linked' else 'conflict' end as state from open_best where confidence = top
  ), kept as (
    insert into buyer_matches as m (buyer_id, customer_id, by, confidence, state, at)
    select buyer_id, customer_id, by, confidence, state, $2::timestamptz from judged
    on conflict (buyer_id, customer_id) do update set by = excluded.by, confidence = excluded.confidence, state = excluded.state, at = excluded.at
      where m.state = 'conflict' returning buyer_id, customer_id, state
  ), linked as (
    update customers c set buyer_id = k.buyer_id from kept k where k.state = 'linked' and c.id = k.customer_id and c.buyer_id is null returning 1
  )
  select (select count(*)::int from linked) as linked, (select count(distinct buyer_id)::int from kept where state = 'conflict') as conflicts`

export async function matchBuyers(sql: Sql, source: string, now: Date): Promise<{ linked: number; conflicts: number }> {
  const [row] = await run<{ linked: number; conflicts: number }>(sql, MATCH, [source, now])
  return row!
}

type Conflict = Output<typeof listConflicts>['conflicts'][number]

export interface MatchRate {
  source: string
  buyers: number
  linked: number
  conflicts: number
}

export const selectRates = (sql: Runner): Promise<MatchRate[]> =>
  run<MatchRate>(
    sql,
    `select b.source, count(*)::int as buyers, count(c.id)::int as linked,
      count(*) filter (where c.id is null and exists (select 1 from buyer_matches m where m.buyer_id = b.id and m.state = 'conflict'))::int as conflicts
      from buyers b left join customers c on c.buyer_id = b.id group by b.source order by b.source`,
    [],
  )

/** Buyers somebody has to decide about, each with the customers that fit. Names in part: whoever decides configures, and reads no customers. */
export const selectConflicts = (sql: Runner, limit: number) =>
  run<Conflict>(
    sql,
    `select b.id::text as buyer, b.source, b.member_number as "memberNumber", coalesce(s.order_count, 0) as orders,
      (select json_agg(json_build_object('customer', m.customer_id, 'name', left(c.name, 1) || repeat('*', greatest(char_length(c.name) - 1, 1)),
        'followers', array(select coalesce(n.name, f.user_id) from follows f left join members n on n.user_id = f.user_id where f.customer_id = c.id and f.ended_at is null),
        'by', m.by, 'confidence', m.confidence, 'taken', c.buyer_id is not null and c.buyer_id <> b.id) order by m.confidence desc, m.customer_id)
        from buyer_matches m join customers c on c.id = m.customer_id where m.buyer_id = b.id and m.state = 'conflict') as candidates
      from buyers b left join buyer_stats s on s.buyer_id = b.id
      where exists (select 1 from buyer_matches m where m.buyer_id = b.id and m.state = 'conflict') and not exists (select 1 from customers c where c.buyer_id = b.id)
      order by s.order_count desc nulls last, b.id limit $1::int`,
    [limit],
  )

/** Somebody's word: this customer, or none of them. A customer who was another buyer leaves that one. */
export async function decide(sql: Runner, buyer: string, customer: string | null, now: Date): Promise<boolean> {
  const text = `
    with asked as (
      select m.customer_id from buyer_matches m where m.buyer_id = $1::bigint and m.state = 'conflict'
    ), settled as (
      update buyer_matches m set state = case when m.customer_id = $2 then 'linked' else 'rejected' end, at = $3::timestamptz,
        by = case when m.customer_id = $2 then 'hand' else m.by end, confidence = case when m.customer_id = $2 then 1 else m.confidence end
      where m.buyer_id = $1::bigint and m.state = 'conflict' and ($2::text is null or exists (select 1 from asked where customer_id = $2))
    ), linked as (
      update customers c set buyer_id = $1::bigint where c.id = $2 and exists (select 1 from asked where customer_id = $2)
    )
    select count(*)::int as n from asked where $2::text is null or exists (select 1 from asked where customer_id = $2)`
  const [row] = await run<{ n: number }>(sql, text, [buyer, customer, now])
  return row!.n > 0
}

/** A customer and a buyer are strangers again, and are not matched anew. */
export async function unlink(sql: Runner, customer: string, now: Date): Promise<boolean> {
  const text = `
    with gone as (
      update customers c set buyer_id = null from customers o where c.id = $1 and o.id = c.id and o.buyer_id is not null returning o.buyer_id
    )
    insert into buyer_matches as m (buyer_id, customer_id, by, confidence, state, at)
    select buyer_id, $1, 'hand', 1, 'rejected', $2::timestamptz from gone
    on conflict (buyer_id, customer_id) do update set state = 'rejected', at = excluded.at returning 1`
  return (await run(sql, text, [customer, now])).length === 1
}
