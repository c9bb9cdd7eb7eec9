import type { LedCustomer, LedTie } from '#shared/led.ts'
import type { Place } from '#server/db/cursor.ts'
import { instantText, run, type Runner } from '#server/db/json.ts'
import { ledTie } from '#server/db/scope.ts'
import { contactJson, followJson } from '../customers/service.ts'
import { newestOrdersJson, summaryJson } from '../orders/service.ts'
import { followTagsJson } from '../tags/service.ts'

const LIST = `
  select c.id as "customerId", c.name, c.avatar, f.remark, f.user_id as "followerId", coalesce(m.name, f.user_id) as "followerName",
    ${instantText('f.added_at')} as "addedAt", ${instantText('s.last_ordered_at')} as "lastOrderedAt"
  from follows f join customers c on c.id = f.customer_id
  left join members m on m.user_id = f.user_id
  left join buyer_stats s on s.buyer_id = c.buyer_id
  where ${ledTie('$1')}
    and ($2::timestamptz is null or (f.added_at, f.customer_id || ' ' || f.user_id) < ($2::timestamptz, $3))
    and ($4::text is null or strpos(lower(c.name), lower($4)) > 0 or strpos(lower(f.remark), lower($4)) > 0)
    and ($5::text is null or f.user_id = $5)
  order by f.added_at desc, f.customer_id || ' ' || f.user_id desc limit $6`

export interface Wanted {
  after: Place | null
  search: string | null
  follower: string | null
  limit: number
}

export const selectTies = (sql: Runner, me: string, { after, search, follower, limit }: Wanted): Promise<LedTie[]> =>
  run<LedTie>(sql, LIST, [me, after?.at ?? null, after?.id ?? null, search, follower, limit])

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
