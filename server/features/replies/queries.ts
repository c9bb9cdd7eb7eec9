import type { ReplyId } from '#shared/ids.ts'
import type { Reply, ReplyFolder, ReplyPart } from '#shared/replies.ts'
import { instantText, run, type Runner } from '#server/db/json.ts'

const scope = `case when r.owner_user_id is not null then 'personal' when r.visible_to is not null then 'team' else 'company' end`

/** A row `r` of replies as the contract's CardReply, with the uses of the member whose userid the SQL text `me` gives. */
const cardReplyJson = (me: string): string => `json_build_object(
  'id', r.id, 'scope', ${scope}, 'folderId', r.folder_id,
  'title', r.title, 'parts', r.parts, 'pinyin', r.pinyin, 'initials', r.initials,
  'uses', coalesce((select u.uses from reply_uses u where u.user_id = ${me} and u.reply_id = r.id), 0))`

/** The same as the contract's Reply: what the whole team uses is a sum over the team, too dear for the card. */
const replyJson = (me: string): string => `(${cardReplyJson(me)}::jsonb || jsonb_build_object(
  'teamUses', (select coalesce(sum(u.uses), 0) from reply_uses u where u.reply_id = r.id),
  'favourite', exists (select 1 from reply_favourites v where v.user_id = ${me} and v.reply_id = r.id),
  'lastUsedAt', (select u.last_used_at from reply_uses u where u.user_id = ${me} and u.reply_id = r.id),
  'validUntil', r.valid_until))`

/** Departments of the member and all above them. */
const departmentsOf = (me: string): string => `array(
  select t.ancestor_id from members m join department_tree t on t.descendant_id = any(m.department_ids) where m.user_id = ${me})`

/** Condition on a row of replies: the member's own, and the company's that is meant for their department and valid today. */
export const visibleTo = (me: string, r = 'r'): string => `(${r}.owner_user_id = ${me} or ${r}.owner_user_id is null
  and (${r}.visible_to is null or ${r}.visible_to && ${departmentsOf(me)})
  and coalesce(${r}.valid_from <= now(), true) and coalesce(${r}.valid_until > now(), true))`

/**
 * SQL text of a json array: the three replies this member is likeliest to send. The most used first, then their own, then
 * the company's. Each tier reads three entries of an index, so twenty thousand replies cost what twenty do.
 */
export const topRepliesJson = (me: string): string => `(
  select coalesce(json_agg(best.reply order by best.tier, best.place), '[]') from (
    select ${cardReplyJson(me)} as reply, picked.tier, picked.place
    from (
      select distinct on (p.id) p.id, p.tier, p.place from (
        (select u.reply_id as id, 1 as tier, -u.uses as place from reply_uses u
          where u.user_id = ${me} order by u.uses desc nulls last limit 3)
        union all
        (select o.id, 2, o.position from replies o where o.owner_user_id = ${me} order by o.position limit 3)
        union all
        (select o.id, 3, o.position from replies o where o.owner_user_id is null and ${visibleTo(me, 'o')}
          order by o.owner_user_id, o.position limit 3)
      ) p order by p.id, p.tier
    ) picked
    join replies r on r.id = picked.id and ${visibleTo(me)}
    order by picked.tier, picked.place limit 3
  ) best)`

/** Those of these replies that this member may send now, in no order. */
export async function selectVisible(sql: Runner, userId: string, ids: string[]): Promise<Reply[]> {
  const text = `select ${replyJson('$1')} as reply from replies r where r.id = any($2::uuid[]) and ${visibleTo('$1')}`
  return (await run<{ reply: Reply }>(sql, text, [userId, ids])).map(({ reply }) => reply)
}

const LIBRARY = `
  with team as (select reply_id, sum(uses) as uses from reply_uses group by reply_id)
  select r.id, ${scope} as scope, r.folder_id as "folderId",
    r.title, r.parts, r.pinyin, r.initials, coalesce(u.uses, 0) as uses, coalesce(team.uses, 0)::int as "teamUses",
    v.user_id is not null as favourite, ${instantText('u.last_used_at')} as "lastUsedAt", ${instantText('r.valid_until')} as "validUntil"
  from replies r
  left join reply_favourites v on v.user_id = $1 and v.reply_id = r.id
  left join reply_uses u on u.user_id = $1 and u.reply_id = r.id
  left join team on team.reply_id = r.id
  where ${visibleTo('$1')}
  order by (r.owner_user_id is null), r.position, r.id`

export const selectLibrary = (sql: Runner, userId: string): Promise<Reply[]> => run<Reply>(sql, LIBRARY, [userId])

export const selectFolders = (sql: Runner): Promise<ReplyFolder[]> =>
  run<ReplyFolder>(sql, 'select id, name from reply_folders order by position, id', [])

export interface ReplyWords {
  title: string
  pinyin: string
  initials: string
  parts: ReplyPart[]
}

const INSERT = `
  insert into replies as r (id, owner_user_id, position, title, parts, pinyin, initials, updated_at)
  select gen_random_uuid(), $1, coalesce((select min(o.position) from replies o where o.owner_user_id = $1), 1) - 1,
    $2, $3::text::jsonb, $4, $5, $6
  returning ${replyJson('$1')} as reply`

/** A new reply stands first among the member's own. */
export async function insertReply(sql: Runner, userId: string, words: ReplyWords, now: Date): Promise<Reply> {
  const { title, parts, pinyin, initials } = words
  const [row] = await run<{ reply: Reply }>(sql, INSERT, [userId, title, JSON.stringify(parts), pinyin, initials, now])
  return row!.reply
}

const UPDATE = `
  update replies as r set title = $3, parts = $4::text::jsonb, pinyin = $5, initials = $6, updated_at = $7
  where r.id = $2 and r.owner_user_id = $1
  returning ${replyJson('$1')} as reply`

/** undefined: no such reply, or not this member's own. */
export async function updateOwnReply(sql: Runner, userId: string, id: string, words: ReplyWords, now: Date) {
  const { title, parts, pinyin, initials } = words
  const [row] = await run<{ reply: Reply }>(sql, UPDATE, [
    userId,
    id,
    title,
    JSON.stringify(parts),
    pinyin,
    initials,
    now,
  ])
  return row?.reply
}

const COPY = `
  insert into replies as r (id, owner_user_id, position, title, parts, pinyin, initials, updated_at)
  select gen_random_uuid(), $1, coalesce((select min(o.position) from replies o where o.owner_user_id = $1), 1) - 1,
    o.title, o.parts, o.pinyin, o.initials, $3
  from replies o where o.id = $2 and ${visibleTo('$1', 'o')}
  returning ${replyJson('$1')} as reply`

/** undefined: the member does not see such a reply. */
export async function copyVisible(sql: Runner, userId: string, id: string, now: Date): Promise<Reply | undefined> {
  const [row] = await run<{ reply: Reply }>(sql, COPY, [userId, id, now])
  return row?.reply
}

const MOVE = `
  with own as (
    select id, row_number() over (order by position, id) - 1 as at from replies where owner_user_id = $1
  ), placed as (
    select o.id, row_number() over (order by case when o.id = $2 then $3::numeric - 0.5 + case when o.at < $3::int then 1 else 0 end else o.at end) as at
    from own o where exists (select 1 from own where id = $2)
  ), moved as (
    update replies r set position = p.at from placed p where r.id = p.id returning r.id, p.at
  )
  select array(select id::text from moved order by at) as "order"`

/** The member's own in their new order; empty when that one is not theirs. */
export async function moveOwn(sql: Runner, userId: string, id: string, to: number): Promise<ReplyId[]> {
  const [row] = await run<{ order: ReplyId[] }>(sql, MOVE, [userId, id, Math.trunc(to)])
  return row!.order
}

/** false: the member does not see such a reply. */
export async function writeFavourite(sql: Runner, userId: string, id: string, favourite: boolean): Promise<boolean> {
  const seen = await run(sql, `select 1 as seen from replies r where r.id = $2 and ${visibleTo('$1')}`, [userId, id])
  if (seen.length === 0) return false
  const text = favourite
    ? 'insert into reply_favourites values ($1, $2) on conflict do nothing'
    : 'delete from reply_favourites where user_id = $1 and reply_id = $2'
  await run(sql, text, [userId, id])
  return true
}

export async function deleteOwnReply(sql: Runner, userId: string, id: string): Promise<boolean> {
  const gone = await run(sql, 'delete from replies where id = $2 and owner_user_id = $1 returning id', [userId, id])
  return gone.length === 1
}
