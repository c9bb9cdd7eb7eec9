import { DAY_MS, SHOP_MS } from '#shared/shop-time.ts'
import type { Ctx } from '#server/context.ts'
import { run } from '#server/db/json.ts'
import type { RemoteBehavior } from '#server/wecom/port.ts'
import { selectFollowing } from '../members/service.ts'

/** WeCom's numbers of a day may still change for so many days after it. */
const AGAIN_DAYS = 3

const WRITE = `
  insert into behavior_days as b (user_id, day, chats, messages, replied_percent, reply_minutes, lost, applied, gained, pulled_at)
  select $1, r.day, r.chats, r.messages, r."repliedPercent", r."replyMinutes", r.lost, r.applied, r.gained, $3::timestamptz
  from jsonb_to_recordset($2::text::jsonb) as r(day date, chats int, messages int, "repliedPercent" real, "replyMinutes" real, lost int, applied int, gained int)
  on conflict (user_id, day) do update set chats = excluded.chats, messages = excluded.messages, replied_percent = excluded.replied_percent,
    reply_minutes = excluded.reply_minutes, lost = excluded.lost, applied = excluded.applied, gained = excluded.gained, pulled_at = excluded.pulled_at`

/** Yesterday and the two days before it of every member with customers; of one who was never asked about, the last thirty days. */
export async function pullBehavior(ctx: Ctx): Promise<void> {
  const today = Math.floor((ctx.now().getTime() + SHOP_MS) / DAY_MS) * DAY_MS - SHOP_MS
  const last = new Date(today - DAY_MS)
  const known = await run<{ userId: string }>(ctx.sql, 'select distinct user_id as "userId" from behavior_days', [])
  const asked = new Set(known.map(({ userId }) => userId))
  for (const userId of await selectFollowing(ctx.sql)) {
    const days = asked.has(userId) ? AGAIN_DAYS : 30
    const found = await ctx.wecom.readBehavior(userId, new Date(today - days * DAY_MS), last)
    if (found) await writeDays(ctx, userId, found)
  }
}

async function writeDays(ctx: Ctx, userId: string, found: RemoteBehavior[]): Promise<void> {
  const rows = found.map(({ at, ...one }) => ({
    ...one,
    day: new Date(at.getTime() + SHOP_MS).toISOString().slice(0, 10),
  }))
  await run(ctx.sql, WRITE, [userId, JSON.stringify(rows), ctx.now()])
}
