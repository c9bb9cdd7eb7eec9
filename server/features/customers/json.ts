import { instantJson } from '#server/db/json.ts'
import { newestOrdersJson, summaryJson } from '../orders/service.ts'
import { topRepliesJson } from '../replies/service.ts'
import { followTagsJson } from '../tags/service.ts'

/** A row `c` of customers as the contract's Contact. */
export const contactJson = `json_build_object(
  'id', c.id, 'name', c.name, 'type', c.type, 'gender', c.gender, 'avatar', c.avatar, 'corpName', c.corp_name, 'position', c.position)`

/** A row `f` of follows as the contract's OwnFollow. Phones are masked here: a whole number never leaves the database. */
export const followJson = `json_build_object(
  'remark', f.remark, 'salutation', f.salutation, 'description', f.description, 'company', f.company,
  'phones', (select coalesce(json_agg(case when length(p) < 9 then '****' else left(p, 3) || '****' || right(p, 4) end), '[]')
    from unnest(f.phones) p),
  'addWay', f.add_way, 'state', f.state, 'addedAt', ${instantJson('f.added_at')})`

/** Opening again after this long asks WeCom behind the card. */
export const FRESH = `interval '10 minutes'`

/** A follow known only from a colleague's answer: the tie is true, nothing of it has been read for its owner yet. */
export const NEVER_READ = `'epoch'::timestamptz`

/**
 * The whole card as one json text, from a row `f` of follows and a row `c` of customers. Postgres writes it once and nobody
 * parses it again. `now` is SQL text for the present.
 */
export const cardJson = (now: string): string => `(select json_build_object(
    'me', json_build_object('userId', f.user_id, 'name', coalesce(m.name, f.user_id), 'storeName', d.name),
    'customer', ${contactJson},
    'follow', ${followJson},
    'tags', ${followTagsJson('f')},
    'summary', ${summaryJson('s')},
    'orders', ${newestOrdersJson('c.buyer_id')},
    'replies', ${topRepliesJson('f.user_id')},
    'asOf', ${instantJson('f.synced_at')},
    'stale', f.synced_at < ${now} - ${FRESH})::text
  from (select) as one
  left join members m on m.user_id = f.user_id
  left join departments d on d.id = m.main_department_id
  left join buyer_stats s on s.buyer_id = c.buyer_id)`
