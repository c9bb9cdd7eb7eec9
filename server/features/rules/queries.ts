import type { CustomerId, TagId } from '#shared/ids.ts'
import type { Rule, RuleCondition } from '#shared/rules.ts'
import { run, type Runner } from '#server/db/json.ts'

const LIST = `
  select coalesce(json_agg(json_build_object('id', r.id, 'name', r.name, 'tag', r.tag_id, 'tagName', coalesce(t.name, r.tag_id),
    'condition', r.condition, 'enabled', r.enabled,
    'applied', (select count(*) from tag_rule_hits h where h.rule_id = r.id)) order by r.saved_at, r.id), '[]') as rules
  from tag_rules r left join tags t on t.id = r.tag_id`

export async function selectRules(sql: Runner): Promise<Rule[]> {
  const [row] = await run<{ rules: Rule[] }>(sql, LIST, [])
  return row!.rules
}

export async function selectTags(sql: Runner) {
  const text = `select t.id, t.name, g.name as "group" from tags t join tag_groups g on g.id = t.group_id order by g.position, g.id, t.position, t.id`
  return await run<{ id: TagId; name: string; group: string }>(sql, text, [])
}

/**
 * Ties for which the condition holds and that do not have the tag: `$1` the tag, then the condition's fields and now. Not where the tag was once put
 * on by a rule, nor where somebody took it off by hand: what a person decided stays.
 */
const MATCH = `
  from follows f join customers c on c.id = f.customer_id left join buyer_stats s on s.buyer_id = c.buyer_id
  where f.ended_at is null and f.synced_at > 'epoch' and not f.tag_ids @> array[$1::text]
    and ($2::int is null or f.add_way = $2::int)
    and ($3::text is null or f.state = $3)
    and ($4::bigint is null or s.spend_fen >= $4::bigint)
    and ($5::int is null or s.order_count >= $5::int)
    and ($6::text is null or exists (select 1 from orders o, jsonb_array_elements(o.items) i
      where o.buyer_id = c.buyer_id and o.kind = 'sale' and strpos(lower(i ->> 'name'), lower($6)) > 0))
    and ($7::int is null or s.last_ordered_at < $10::timestamptz - $7::int * interval '1 day')
    and ($8::int is null or s.last_ordered_at >= $10::timestamptz - $8::int * interval '1 day')
    and ($9::text is null or f.stage_id = $9)
    and not exists (select 1 from tag_rule_hits h where h.customer_id = f.customer_id and h.user_id = f.user_id and h.tag_id = $1)
    and not exists (select 1 from follow_events e where e.customer_id = f.customer_id and e.user_id = f.user_id and e.kind = 'tags'
      and e.origin not in ('rule', 'undo') and e.detail -> 'removedIds' ? $1)`

const valuesOf = (tag: string, c: RuleCondition, now: Date) => [
  tag,
  c.addWay ?? null,
  c.state ?? null,
  c.spendAtLeast ?? null,
  c.ordersAtLeast ?? null,
  c.product ?? null,
  c.lastOrderOver ?? null,
  c.lastOrderWithin ?? null,
  c.stage ?? null,
  now,
]

/** How many customers of whom; the most first. */
export async function countMatches(sql: Runner, tag: string, condition: RuleCondition, now: Date) {
  const text = `select coalesce((select name from members where user_id = f.user_id), f.user_id) as name, count(*)::int as customers ${MATCH}
    group by f.user_id order by customers desc, name`
  return await run<{ name: string; customers: number }>(sql, text, valuesOf(tag, condition, now))
}

export async function selectMatches(sql: Runner, tag: string, condition: RuleCondition, now: Date, limit: number) {
  const text = `select f.customer_id as "customerId", f.user_id as "userId", s.spend_fen as "spendFen", s.order_count as "orderCount" ${MATCH}
    order by f.user_id, f.customer_id limit $11`
  return await run<{ customerId: CustomerId; userId: string; spendFen: number | null; orderCount: number | null }>(
    sql,
    text,
    [...valuesOf(tag, condition, now), limit],
  )
}

/** What a rule's condition rests on for one tie; undefined where it does not hold, or the tag was decided by hand. */
export async function selectMatch(
  sql: Runner,
  tag: string,
  condition: RuleCondition,
  now: Date,
  tie: { customerId: string; userId: string },
) {
  const text = `select s.spend_fen as "spendFen", s.order_count as "orderCount" ${MATCH} and f.customer_id = $11 and f.user_id = $12`
  const values = [...valuesOf(tag, condition, now), tie.customerId, tie.userId]
  const [row] = await run<{ spendFen: number | null; orderCount: number | null }>(sql, text, values)
  return row
}

export async function writeRule(
  sql: Runner,
  rule: { id: string; name: string; tag: string; condition: RuleCondition; enabled: boolean; by: string },
  now: Date,
): Promise<void> {
  const text = `insert into tag_rules (id, name, tag_id, condition, enabled, saved_by, saved_at)
    values ($1::uuid, $2, $3, $4::text::jsonb, $5, $6, $7::timestamptz)
    on conflict (id) do update set name = excluded.name, tag_id = excluded.tag_id, condition = excluded.condition, enabled = excluded.enabled,
      saved_by = excluded.saved_by`
  await run(sql, text, [rule.id, rule.name, rule.tag, JSON.stringify(rule.condition), rule.enabled, rule.by, now])
}

export async function removeRule(sql: Runner, id: string): Promise<boolean> {
  return (await run(sql, 'delete from tag_rules where id = $1::uuid returning id', [id])).length === 1
}

export interface Hit {
  ruleId: string
  customerId: string
  userId: string
  tagId: string
  why: string
}

export async function insertHit(sql: Runner, hit: Hit, now: Date): Promise<void> {
  const text = `insert into tag_rule_hits (rule_id, customer_id, user_id, tag_id, why, at) values ($1::uuid, $2, $3, $4, $5, $6::timestamptz)
    on conflict do nothing`
  await run(sql, text, [hit.ruleId, hit.customerId, hit.userId, hit.tagId, hit.why, now])
}
