import type { Reply, ReplyFolder, ReplyPart } from '#shared/replies.ts'
import { run, type Runner } from '#server/db/json.ts'

/** A row `r` of replies as the contract's CardReply, with the uses of the member whose userid the SQL text `me` gives. */
const cardReplyJson = (me: string): string => `json_build_object(
  'id', r.id, 'scope', case when r.owner_user_id is null then 'company' else 'personal' end, 'folderId', r.folder_id,
  'title', r.title, 'parts', r.parts, 'pinyin', r.pinyin, 'initials', r.initials,
  'uses', coalesce((select u.uses from reply_uses u where u.user_id = ${me} and u.reply_id = r.id), 0))`

/** The same as the contract's Reply: what the whole team uses is a sum over the team, too dear for the card. */
const replyJson = (me: string): string => `(${cardReplyJson(me)}::jsonb || jsonb_build_object(
  'teamUses', (select coalesce(sum(u.uses), 0) from reply_uses u where u.reply_id = r.id)))`

const visibleTo = (me: string): string => `(r.owner_user_id is null or r.owner_user_id = ${me})`

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
        (select o.id, 3, o.position from replies o where o.owner_user_id is null order by o.owner_user_id, o.position limit 3)
      ) p order by p.id, p.tier
    ) picked
    join replies r on r.id = picked.id and ${visibleTo(me)}
    order by picked.tier, picked.place limit 3
  ) best)`

const LIBRARY = `
  with team as (select reply_id, sum(uses) as uses from reply_uses group by reply_id)
  select r.id, case when r.owner_user_id is null then 'company' else 'personal' end as scope, r.folder_id as "folderId",
    r.title, r.parts, r.pinyin, r.initials, coalesce(u.uses, 0) as uses, coalesce(team.uses, 0)::int as "teamUses"
  from replies r
  left join reply_uses u on u.user_id = $1 and u.reply_id = r.id
  left join team on team.reply_id = r.id
  where ${visibleTo('$1')}
  order by (r.owner_user_id is null), r.position, r.id`

export const selectLibrary = (sql: Runner, userId: string): Promise<Reply[]> => run<Reply>(sql, LIBRARY, [userId])

export const selectFolders = (sql: Runner): Promise<ReplyFolder[]> =>
  run<ReplyFolder>(sql, 'select id, name from reply_folders order by position, id', [])

export interface ReplyText {
  title: string
  pinyin: string
  initials: string
  part: ReplyPart
}

const INSERT = `
  insert into replies as r (id, owner_user_id, position, title, parts, pinyin, initials, updated_at)
  select gen_random_uuid(), $1, coalesce((select min(o.position) from replies o where o.owner_user_id = $1), 1) - 1,
    $2, jsonb_build_array($3::text::jsonb), $4, $5, $6
  returning ${replyJson('$1')} as reply`

/** A new reply stands first among the member's own. */
export async function insertReply(sql: Runner, userId: string, text: ReplyText, now: Date): Promise<Reply> {
  const part = JSON.stringify(text.part)
  const [row] = await run<{ reply: Reply }>(sql, INSERT, [userId, text.title, part, text.pinyin, text.initials, now])
  return row!.reply
}

const UPDATE = `
  update replies as r set title = $3, pinyin = $5, initials = $6, updated_at = $7,
    parts = case when first.at is null then jsonb_build_array($4::text::jsonb) || r.parts
      else jsonb_set(r.parts, array[first.at::text], $4::text::jsonb) end
  from (select (select min(p.at) - 1 from replies o, jsonb_array_elements(o.parts) with ordinality as p(part, at)
    where o.id = $2 and p.part ->> 'type' = 'text') as at) first
  where r.id = $2 and r.owner_user_id = $1
  returning ${replyJson('$1')} as reply`

/** undefined: no such reply, or not this member's own. */
export async function updateOwnReply(sql: Runner, userId: string, id: string, text: ReplyText, now: Date) {
  const values = [userId, id, text.title, JSON.stringify(text.part), text.pinyin, text.initials, now]
  const [row] = await run<{ reply: Reply }>(sql, UPDATE, values)
  return row?.reply
}

export async function deleteOwnReply(sql: Runner, userId: string, id: string): Promise<boolean> {
  const gone = await run(sql, 'delete from replies where id = $2 and owner_user_id = $1 returning id', [userId, id])
  return gone.length === 1
}
