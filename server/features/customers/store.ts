import { run, type Runner } from '#server/db/json.ts'
import type { RemoteCustomer, RemoteFollow } from '#server/wecom/port.ts'
import { isWaiting } from '../outbox/service.ts'
import { sortOut } from '../tags/service.ts'
import { cardColumns, type CardRow, NEVER_READ, withStats } from './json.ts'
import type { FollowKey } from './queries.ts'

/**
 * Stores one customer as WeCom tells it and answers the caller's card, in one statement. Rows that did not change are not
 * written. The caller's follow is written only if nobody wrote to it since `seen`: an answer that left WeCom before a tag was
 * set must not take the tag off again. Of colleagues only the tie is kept. Two stores of one customer take turns.
 */
const STORE = `
  with turn as materialized (select pg_advisory_xact_lock(hashtext('customer ' || $1))),
  contact as (
    insert into customers as old (id, name, type, gender, avatar, union_id, corp_name, position)
    select $1, r.name, r.type, r.gender, r.avatar, r."unionId", r."corpName", r.position
    from turn, jsonb_to_record($3::text::jsonb) as r(name text, type int2, gender int2, avatar text,
      "unionId" text, "corpName" text, position text)
    on conflict (id) do update set name = excluded.name, type = excluded.type, gender = excluded.gender,
      avatar = excluded.avatar, union_id = excluded.union_id, corp_name = excluded.corp_name, position = excluded.position
    where (old.name, old.type, old.gender, old.avatar, old.union_id, old.corp_name, old.position) is distinct from
      (excluded.name, excluded.type, excluded.gender, excluded.avatar, excluded.union_id, excluded.corp_name, excluded.position)
    returning old.*
  ), remote as materialized (
    select r.* from turn, jsonb_to_recordset($4::text::jsonb) as r("userId" text, remark text, description text, company text,
      phones text[], "addWay" int2, state text, "addedAt" timestamptz, "tagIds" text[], "personalTags" jsonb)
  ), written as (
    insert into follows as old (customer_id, user_id, remark, description, company, phones, add_way, state, added_at,
      tag_ids, personal_tags, synced_at)
    select $1, r."userId", r.remark, r.description, r.company, r.phones, r."addWay", r.state, r."addedAt",
      r."tagIds", r."personalTags", case when r."userId" = $2 then $6::timestamptz else ${NEVER_READ} end
    from remote r
    on conflict (customer_id, user_id) do update set remark = excluded.remark, description = excluded.description,
      company = excluded.company, phones = excluded.phones, add_way = excluded.add_way, state = excluded.state,
      added_at = excluded.added_at, tag_ids = excluded.tag_ids, personal_tags = excluded.personal_tags,
      synced_at = excluded.synced_at, ended_at = null
    where old.ended_at is not null
      or (excluded.user_id = $2 and (old.xmin::text = $5 or old.synced_at = ${NEVER_READ}) and not ${isWaiting('old')})
    returning old.*
  ), gone as (
    update follows f set ended_at = $6::timestamptz from turn
    where f.customer_id = $1 and f.ended_at is null and f.user_id not in (select "userId" from remote)
  ), f as (select * from written where user_id = $2),
  c as (
    select * from contact
    union all select * from customers where id = $1 and not exists (select 1 from contact)
  )
  select ${cardColumns('$6::timestamptz')} from f cross join c ${withStats}`

/** undefined: the caller's follow was written to meanwhile and stays as it is. `own` must be one of the customer's follows. */
export async function storeCustomer(
  sql: Runner,
  remote: { customer: RemoteCustomer; own: RemoteFollow; knownTags: ReadonlySet<string> },
  key: FollowKey,
  seen: string | null,
  now: Date,
): Promise<CardRow | undefined> {
  const { follows, ...contact } = remote.customer
  const rows = follows.map((f) =>
    f === remote.own ? { ...f, userId: key.userId, ...sortOut(f, remote.knownTags) } : tieRow(f),
  )
  const values = [key.customerId, key.userId, JSON.stringify(contact), JSON.stringify(rows), seen, now]
  const [row] = await run<CardRow>(sql, STORE, values)
  return row
}

/** Who else follows and since when; their remark, phones and tags are theirs alone. */
function tieRow({ userId, addWay, addedAt }: RemoteFollow) {
  const blank = { remark: '', description: '', company: '', state: null, phones: [], tagIds: [], personalTags: [] }
  return { userId, addWay, addedAt, ...blank }
}
