import { hash } from 'node:crypto'
import type { CustomerTag } from '#shared/tags.ts'
import type { Ctx } from '#server/context.ts'
import { run } from '#server/db/json.ts'
import { cacheReads, perProcess, singleFlight } from '#server/per-process.ts'
import { topRepliesJson } from '../replies/service.ts'
import { stagesJson } from '../stages/service.ts'
import { corpTagsJson } from '../tags/service.ts'
import type { CardRow } from './json.ts'

/** For how long a process trusts what it read, as with sessions. A tag it has not heard of is looked for at once. */
const TRUST_MS = 3_000
const MOST_DESKS = 10_000

interface Desk {
  me: string
  replies: string
  stages: string
  until: number
}

/** `rank`: its place among all tags. `json`: a CustomerTag. */
interface Badge {
  rank: number
  json: string
}

const memory = perProcess(() => ({
  desks: new Map<string, Desk>(),
  badges: new Map<string, Badge>(),
  badgesUntil: 0,
  /** Ids that were not in the library when it was last read. */
  missing: new Set<string>(),
  flights: new Map<string, Promise<void>>(),
}))

/** Member, whether the tags too. */
const DESK = `
  select json_build_object('userId', $1::text, 'name', coalesce(m.name, $1), 'storeName', d.name)::text as me,
    ${topRepliesJson('$1')}::text as replies, ${stagesJson}::text as stages, case when $2 then ${corpTagsJson('true')} end as badges
  from (select) as one
  left join members m on m.user_id = $1
  left join departments d on d.id = m.main_department_id`

interface DeskRow {
  me: string
  replies: string
  stages: string
  badges: CustomerTag[] | null
}

/**
 * The whole card as json text, and a text that changes with it. What every card of this member shows alike (themselves, their likeliest replies, the names of tags)
 * is read by a statement of its own at most every three seconds, which leaves the card's own statement half as heavy.
 */
export async function layCard(ctx: Ctx, userId: string, row: CardRow): Promise<{ json: string; version: string }> {
  const state = memory(ctx)
  const now = ctx.now().getTime()
  const old = state.badgesUntil <= now
  if (old) state.missing.clear()
  const withBadges = old || row.tagIds.some((id) => !state.badges.has(id) && !state.missing.has(id))
  if (withBadges || (state.desks.get(userId)?.until ?? 0) <= now) {
    cacheReads.desk.misses++
    await singleFlight(state.flights, `${userId} ${withBadges}`, () => readDesk(ctx, userId, withBadges))
    for (const id of row.tagIds) if (!state.badges.has(id)) state.missing.add(id)
  } else cacheReads.desk.hits++
  const desk = state.desks.get(userId)!
  const body = `"me":${desk.me},"replies":${desk.replies},"stages":${desk.stages},"tags":[${tagsOf(row, state.badges)}],${row.card.slice(1)}`
  const version = hash('sha1', body, 'base64url')
  return { json: `{"version":"${version}",${body}`, version }
}

async function readDesk(ctx: Ctx, userId: string, withBadges: boolean): Promise<void> {
  const state = memory(ctx)
  const until = ctx.now().getTime() + TRUST_MS
  const [row] = await run<DeskRow>(ctx.hot, DESK, [userId, withBadges])
  const { me, replies, stages, badges } = row!
  if (state.desks.size >= MOST_DESKS) state.desks.clear()
  state.desks.set(userId, { me, replies, stages, until })
  if (!badges) return
  state.badges = new Map(badges.map((tag, rank) => [tag.id as string, { rank, json: JSON.stringify(tag) }]))
  state.badgesUntil = until
}

/** Corp tags in the library's order, then personal ones. A tag that the library no longer holds is not shown. */
function tagsOf({ tagIds, personalTags }: CardRow, badges: ReadonlyMap<string, Badge>): string {
  const corp = tagIds.flatMap((id) => badges.get(id) ?? []).sort((a, b) => a.rank - b.rank)
  const personal = (personalTags ?? []).map(({ name, group }) => JSON.stringify({ id: null, name, group, tone: 'g' }))
  return [...corp.map((tag) => tag.json), ...personal].join()
}
