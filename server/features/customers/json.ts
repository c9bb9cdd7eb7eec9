import { pendingJson } from '../outbox/service.ts'
import { returnedNoteJson } from '../checks/service.ts'
import { newestNoteJson } from '../notes/service.ts'
import { newestOrdersJson, summaryJson } from '../orders/service.ts'
import { stageJson } from '../stages/service.ts'
import { nextTaskJson } from '../tasks/service.ts'

/** A row `c` of customers as the contract's Contact. */
export const contactJson = `(select row_to_json(contact) from (select
  c.id, c.name, c.type, c.gender, c.avatar, c.corp_name as "corpName", c.position) contact)`

/** A row `f` of follows as the contract's OwnFollow. Phones are masked here: a whole number never leaves the database. */
export const followJson = `(select row_to_json(own) from (select
  f.remark, f.salutation, f.description, f.company,
  array(select case when length(p) < 9 then '****' else left(p, 3) || '****' || right(p, 4) end from unnest(f.phones) p) as phones,
  f.add_way as "addWay", f.state, f.added_at as "addedAt") own)`

/** Opening again after this long asks WeCom behind the card. */
export const FRESH = `interval '10 minutes'`

/** A follow known only from a colleague's answer: the tie is true, nothing of it has been read for its owner yet. */
export const NEVER_READ = `'epoch'::timestamptz`

/** What a card statement answers; `desk.ts` adds what is the same on every card of the member. */
export interface CardRow {
  /** A json object, as text: Postgres writes it once and nobody parses it again. */
  card: string
  tagIds: string[]
  personalTags: { group: string; name: string }[] | null
}

/** The columns of a CardRow, from rows `f` of follows, `c` of customers and `s` of buyer_stats. `now` is SQL text for the present. */
/** Of the buyer that a row `c` of customers is. */
const tastesJson = `coalesce((select array_agg(w) from buyer_tastes bt, unnest(bt.words) w where bt.buyer_id = c.buyer_id
  and not exists (select 1 from taste_denials td where td.customer_id = c.id and td.word = w)), '{}')`

export const cardColumns = (now: string): string => `
  (select row_to_json(card) from (select
    ${contactJson} as customer,
    ${followJson} as follow,
    ${summaryJson('s')} as summary,
    ${newestOrdersJson('c.buyer_id')} as orders,
    ${tastesJson} as tastes,
    ${pendingJson} as outbox,
    ${stageJson} as stage,
    ${nextTaskJson} as task,
    ${newestNoteJson} as note,
    ${returnedNoteJson} as returned,
    f.synced_at as "asOf",
    f.synced_at < ${now} - ${FRESH} as stale) card)::text as card,
  f.tag_ids as "tagIds", nullif(f.personal_tags, '[]') as "personalTags"`

export const withStats = `left join buyer_stats s on s.buyer_id = c.buyer_id`
