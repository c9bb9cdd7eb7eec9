import type { BookFilters } from '#shared/book.ts'
import type { LedCustomer, LedTie } from '#shared/led.ts'
import type { Place } from '#server/db/cursor.ts'
import { instantText, run, type Runner } from '#server/db/json.ts'
import { ledTie } from '#server/db/scope.ts'
import { cutOf, SORTS } from '../book/service.ts'
import { contactJson, followJson } from '../customers/service.ts'
import { newestOrdersJson, summaryJson } from '../orders/service.ts'
import { followTagsJson } from '../tags/service.ts'

export interface Wanted {
  me: string
  filters: BookFilters
  follower: string | null
  now: Date
}

const WHO = `f.customer_id || ' ' || f.user_id`

function cut({ me, filters, follower, now }: Wanted) {
  const found = cutOf({ userId: me, filters, now }, ledTie('$1'))
  if (follower !== null) found.where += ` and f.user_id = $${found.values.push(follower)}`
  return found
}

type Found = LedTie & { place: string }

/** A page of ties. By the last purchase it is read in two parts, so that an index gives the newest: those who bought, then those who never did. */
export async function selectTies(sql: Runner, wanted: Wanted, after: Place | null, limit: number): Promise<Found[]> {
  const order = SORTS[wanted.filters.sort ?? 'added']
  if (wanted.filters.sort !== 'ordered') return await selectPart(sql, wanted, order, after, limit)
  const bought = { ...order, key: 's.last_ordered_at', way: 'desc nulls last', only: 's.buyer_id is not null' }
  const never = { ...order, key: `'epoch'::timestamptz`, only: 's.buyer_id is null' }
  const amongNever = after !== null && Date.parse(after.at) === 0
  const first = amongNever ? [] : await selectPart(sql, wanted, bought, after, limit)
  if (first.length === limit) return first
  return [...first, ...(await selectPart(sql, wanted, never, amongNever ? after : null, limit - first.length))]
}

interface Part {
  key: string
  way: string
  before: string
  only?: string
}

/** The page's ties first, then what is shown of them. */
function selectPart(sql: Runner, wanted: Wanted, { key, way, before, only }: Part, after: Place | null, limit: number) {
  const { joins, where, values } = cut(wanted)
  const put = (value: (typeof values)[number]): string => `$${values.push(value)}`
  const then = after === null ? '' : `and (${key}, ${WHO}) ${before} (${put(after.at)}::timestamptz, ${put(after.id)})`
  const text = `
    with page as materialized (
      select f.customer_id, f.user_id, ${key} as place from follows f ${joins} where ${where} ${only ? `and ${only}` : ''} ${then}
      order by ${key} ${way}, ${WHO} ${way} limit ${put(limit)}::int
    )
    select c.id as "customerId", c.name, c.avatar, f.remark, f.user_id as "followerId", coalesce(m.name, f.user_id) as "followerName",
      ${followTagsJson('f')} as tags, (select g.name from stages g where g.id = f.stage_id) as stage, ${instantText('f.added_at')} as "addedAt",
      ${instantText('f.touched_at')} as "touchedAt", ${instantText('s.last_ordered_at')} as "lastOrderedAt", ${instantText('p.place')} as place
    from page p join follows f on f.customer_id = p.customer_id and f.user_id = p.user_id join customers c on c.id = f.customer_id
    left join members m on m.user_id = f.user_id left join buyer_stats s on s.buyer_id = c.buyer_id
    order by p.place ${way}, p.customer_id || ' ' || p.user_id ${way}`
  return run<Found>(sql, text, values)
}

/** Not beyond this many: nobody reads a longer list to its end, and counting a million takes a second. */
const MOST_COUNTED = 10_000

/** How many ties, up to ten thousand and one. */
export async function countTies(sql: Runner, wanted: Wanted): Promise<number> {
  const { joins, where, values } = cut(wanted)
  const text = `select count(*)::int as n from (select 1 from follows f ${joins} where ${where} limit ${MOST_COUNTED + 1}) t`
  const [row] = await run<{ n: number }>(sql, text, values)
  return row!.n
}

const ONE = `
  select ${contactJson} as customer, f.user_id as "followerId", coalesce(m.name, f.user_id) as "followerName",
    ${followJson} as follow, ${followTagsJson('f')} as tags, ${summaryJson('s')} as summary,
    ${newestOrdersJson('c.buyer_id')} as orders, ${instantText('f.synced_at')} as "asOf"
  from follows f join customers c on c.id = f.customer_id
  left join members m on m.user_id = f.user_id
  left join buyer_stats s on s.buyer_id = c.buyer_id
  where f.customer_id = $2 and f.user_id = $3 and ${ledTie('$1')}`

/** undefined: no such tie, or not one of somebody `me` leads. */
export async function selectLedCustomer(
  sql: Runner,
  me: string,
  tie: { customerId: string; followerId: string },
): Promise<LedCustomer | undefined> {
  const [row] = await run<LedCustomer>(sql, ONE, [me, tie.customerId, tie.followerId])
  return row
}

/** Whether the caller leads whoever follows this customer now. */
export async function isLed(
  sql: Runner,
  me: string,
  tie: { customerId: string; followerId: string },
): Promise<boolean> {
  const text = `select 1 from follows f where f.customer_id = $2 and f.user_id = $3 and ${ledTie('$1')}`
  return (await run(sql, text, [me, tie.customerId, tie.followerId])).length === 1
}
