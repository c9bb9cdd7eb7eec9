import type { Output } from '#shared/endpoint.ts'
import type { TagId } from '#shared/ids.ts'
import type { getStoreCustomer, StoreCustomer } from '#shared/store.ts'
import type { Place } from '#server/db/cursor.ts'
import { instantText, run, type Runner } from '#server/db/json.ts'
import { storeTie } from '#server/db/scope.ts'
import { contactJson } from '../customers/service.ts'
import { newestOrdersJson, summaryJson } from '../orders/service.ts'
import { corpTagsJson } from '../tags/service.ts'

/** The corp tags anybody of the store put on the customer of a row `own`; personal ones are their owner's. */
const tags = corpTagsJson('t.id = any(own.tag_ids)')

/** One row a customer: all ties of the store that match `where` (on a row `f` of follows) taken together. */
const ties = (where: string): string => `
  select f.customer_id, max(f.added_at) as added_at, array_agg(coalesce(m.name, f.user_id) order by f.added_at, f.user_id) as followers,
    array(select distinct tag from jsonb_array_elements(jsonb_agg(f.tag_ids)) ids, jsonb_array_elements_text(ids) tag) as tag_ids
  from follows f left join members m on m.user_id = f.user_id
  where ${where} and ${storeTie('$1')} group by f.customer_id`

const LIST = `
  select ${contactJson} as customer, own.followers, ${tags} as tags, ${instantText('own.added_at')} as "addedAt"
  from (${ties('true')}) own join customers c on c.id = own.customer_id
  where ($2::timestamptz is null or (own.added_at, own.customer_id) < ($2::timestamptz, $3))
    and (not $4 or own.tag_ids = '{}')
  order by own.added_at desc, own.customer_id desc limit $5`

export const selectStoreCustomers = (
  sql: Runner,
  me: string,
  { after, untagged, limit }: { after: Place | null; untagged: boolean; limit: number },
): Promise<StoreCustomer[]> =>
  run<StoreCustomer>(sql, LIST, [me, after?.at ?? null, after?.id ?? null, untagged, limit])

const ONE = `
  select ${contactJson} as customer, own.followers, ${tags} as tags, ${instantText('own.added_at')} as "addedAt",
    ${summaryJson('s')} as summary, ${newestOrdersJson('c.buyer_id')} as orders
  from (${ties('f.customer_id = $2')}) own join customers c on c.id = own.customer_id
  left join buyer_stats s on s.buyer_id = c.buyer_id`

/** undefined: nobody of the store follows such a customer, or `me` is no clerk of it any more. */
export async function selectStoreCustomer(sql: Runner, me: string, customerId: string) {
  const [row] = await run<Output<typeof getStoreCustomer>>(sql, ONE, [me, customerId])
  return row
}

const COUNTER = `
  select array(
      select tag from follow_events e, jsonb_array_elements_text(e.detail -> 'addedIds') tag
      where coalesce(e.by_user_id, e.user_id) = $1 and e.kind = 'tags' and e.origin in ('counter', 'sidebar') and e.at > $2::timestamptz - interval '30 days'
        and exists (select 1 from tags t where t.id = tag)
      group by tag order by count(*) desc, tag limit 8) as recent,
    (select count(*)::int from (
      select f.customer_id from follows f where ${storeTie('$1')} group by f.customer_id having bool_and(f.tag_ids = '{}')) left_) as untagged`

export async function selectCounter(sql: Runner, me: string, now: Date) {
  const [row] = await run<{ recent: TagId[]; untagged: number }>(sql, COUNTER, [me, now])
  return row!
}

/** Whose tie of the store a clerk's tags go on: their own, else the oldest. undefined: nobody of the store follows such a customer. */
export async function selectTieOwner(sql: Runner, me: string, customerId: string): Promise<string | undefined> {
  const text = `select f.user_id as "userId" from follows f where f.customer_id = $2 and ${storeTie('$1')}
    order by f.user_id <> $1, f.added_at, f.user_id limit 1`
  const [row] = await run<{ userId: string }>(sql, text, [me, customerId])
  return row?.userId
}
