import { run, type Runner } from '#server/db/json.ts'
import { isWaiting } from '../outbox/service.ts'
import type { RemoteTie } from '#server/wecom/port.ts'

/**
 * Stores ties as WeCom told them at `$2`. Unchanged customers are not written. Of a tie that was written here since then, or whose
 * change is still on its way to WeCom, only that it was seen.
 * `personalTags` null (the pages of a whole book have none): those we know are kept. Answers how many rows were not as we had them.
 */
const STORE = `
  with ties as materialized (
    select t.*, o.user_id is not null as held, o.ended_at as "heldEnd",
      coalesce(o.edited_at >= $2::timestamptz or ${isWaiting('o')}, false) as ours,
      (o.remark, o.description, o.company, o.phones, o.add_way, o.state, o.added_at, o.tag_ids, o.personal_tags)
        is distinct from (t.remark, t.description, t.company, t.phones, t."addWay", t.state, t."addedAt", t."tagIds",
          coalesce(t."personalTags", o.personal_tags)) as differs
    from jsonb_to_recordset($1::text::jsonb) as t("customerId" text, name text, type int2, gender int2, avatar text,
      "unionId" text, "corpName" text, position text, "userId" text, remark text, description text, company text, phones text[],
      "addWay" int2, state text, "addedAt" timestamptz, "tagIds" text[], "personalTags" jsonb)
    left join follows o on o.customer_id = t."customerId" and o.user_id = t."userId"
  ), contacts as (
    insert into customers as old (id, name, type, gender, avatar, union_id, corp_name, position)
    select distinct on ("customerId") "customerId", name, type, gender, avatar, "unionId", "corpName", position from ties
    order by "customerId"
    on conflict (id) do update set name = excluded.name, type = excluded.type, gender = excluded.gender,
      avatar = excluded.avatar, union_id = excluded.union_id, corp_name = excluded.corp_name, position = excluded.position
    where (old.name, old.type, old.gender, old.avatar, old.union_id, old.corp_name, old.position) is distinct from
      (excluded.name, excluded.type, excluded.gender, excluded.avatar, excluded.union_id, excluded.corp_name, excluded.position)
    returning old.id
  ), written as (
    insert into follows as old (customer_id, user_id, remark, description, company, phones, add_way, state, added_at,
      tag_ids, personal_tags, synced_at)
    select "customerId", "userId", remark, description, company, phones, "addWay", state, "addedAt", "tagIds",
      coalesce("personalTags", '[]'), $2::timestamptz
    from ties where not ours order by "customerId", "userId"
    on conflict (customer_id, user_id) do update set remark = excluded.remark, description = excluded.description,
      company = excluded.company, phones = excluded.phones, add_way = excluded.add_way, state = excluded.state,
      added_at = excluded.added_at, tag_ids = excluded.tag_ids,
      personal_tags = case when $3 then excluded.personal_tags else old.personal_tags end,
      synced_at = greatest(old.synced_at, excluded.synced_at), ended_at = null
    where (old.edited_at is null or old.edited_at < $2::timestamptz) and not ${isWaiting('old')}
  ), seen as (
    update follows f set synced_at = greatest(f.synced_at, $2::timestamptz), ended_at = null
    from ties t where t.ours and f.customer_id = t."customerId" and f.user_id = t."userId"
  )
  select (select count(*) from ties where not ours and (not held or "heldEnd" is not null or differs))::int
    + (select count(*) from contacts c where exists (select 1 from ties t where t."customerId" = c.id and t.held))::int as n`

/** Rows that were not as we had them. `asked`: when WeCom was asked, by the database's clock. */
export async function storeTies(sql: Runner, ties: RemoteTie[], asked: Date, complete: boolean): Promise<number> {
  if (ties.length === 0) return 0
  const rows = ties.map(({ customer, follow }) => {
    const { id, ...contact } = customer
    return { ...contact, ...follow, customerId: id, personalTags: complete ? follow.personalTags : null }
  })
  const [row] = await run<{ n: number }>(sql, STORE, [JSON.stringify(rows), asked, complete])
  return row?.n ?? 0
}

const END = (of: string) => `
  with gone as (
    update follows set ended_at = $2::timestamptz
    where ${of} and ended_at is null and synced_at < $2::timestamptz
      and (edited_at is null or edited_at < $2::timestamptz) and added_at < $2::timestamptz
    returning 1
  )
  select count(*)::int as n from gone`

/** A member's ties that WeCom did not list since `asked` have ended. Answers how many. */
export async function endUnseenOfMember(sql: Runner, userId: string, asked: Date): Promise<number> {
  const [row] = await run<{ n: number }>(sql, END('user_id = $1'), [userId, asked])
  return row?.n ?? 0
}

/** The same for one customer. */
export async function endUnseenOfCustomer(sql: Runner, customerId: string, asked: Date): Promise<number> {
  const [row] = await run<{ n: number }>(sql, END('customer_id = $1'), [customerId, asked])
  return row?.n ?? 0
}
