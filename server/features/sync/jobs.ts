import type { Ctx } from '#server/context.ts'
import { enqueue } from '#server/jobs/enqueue.ts'
import { WecomError } from '#server/wecom/error.ts'
import { syncDepartments, syncMember } from '../members/service.ts'
import { learnTags, syncLibrary } from '../tags/service.ts'
import {
  addDifferences,
  advance,
  beginMember,
  endAbandonedRecent,
  failAbandoned,
  finishMember,
  finishRun,
  insertMembers,
  insertRun,
  markRead,
  selectGoneMembers,
  selectProgress,
  selectRecent,
  selectUnread,
  type RunKind,
} from './queries.ts'
import { syncCustomer } from './service.ts'
import { endUnseenOfMember, storeTies } from './store.ts'

/** A cursor that has expired: the member's book is read again from its first page. */
const EXPIRED_CURSOR = 50100
const MOST_RECENT = 1_000

interface Member {
  runId: string
  userId: string
}

/** Begins a run. Nothing happens while one of its kind is under way: each member's job carries it on, whatever dies meanwhile. */
async function begin(ctx: Ctx, { kind }: { kind: RunKind }): Promise<void> {
  if (kind === 'recent') return recent(ctx)
  for (const runId of await failAbandoned(ctx.sql)) await finishRun(ctx.sql, runId, ctx.now())
  const users = await ctx.wecom.listFollowUsers()
  await syncDepartments(ctx)
  await syncLibrary(ctx)
  const gone = await selectGoneMembers(ctx.sql, users)
  await ctx.sql.begin(async (tx) => {
    const runId = await insertRun(tx, 'full', ctx.now())
    if (runId === undefined) return
    let ended = 0
    for (const userId of gone) ended += await endUnseenOfMember(tx, userId, ctx.now())
    await addDifferences(tx, runId, ended)
    await insertMembers(tx, runId, users)
    await finishRun(tx, runId, ctx.now())
  })
}

/** Reads one member's customers, page by page. The cursor moves in the transaction of its page: a killed run goes on where it was. */
async function member(ctx: Ctx, { runId, userId }: Member): Promise<void> {
  const at = await selectProgress(ctx.sql, runId, userId)
  if (at?.state !== 'waiting') return
  try {
    await readBook(ctx, { runId, userId }, at)
  } catch (error) {
    if (!(error instanceof WecomError) || error.busy) throw error
    if (error.errcode === EXPIRED_CURSOR && (await selectProgress(ctx.sql, runId, userId))?.cursor !== '') {
      await beginMember(ctx.sql, runId, userId, ctx.now())
      return await member(ctx, { runId, userId })
    }
    ctx.log.warn({ errcode: error.errcode, userId }, 'a member could not be synced')
    await finishMember(ctx.sql, runId, userId, { state: 'failed', differences: 0, cause: error.errcode })
  }
  await finishRun(ctx.sql, runId, ctx.now())
  await enqueue(ctx.sql, 'sync.details', {}, DETAILS)
}

async function readBook(
  ctx: Ctx,
  { runId, userId }: Member,
  at: { cursor: string; begunAt: Date | null },
): Promise<void> {
  const begunAt = at.begunAt ?? ctx.now()
  let { cursor } = at
  if (at.begunAt === null) {
    await beginMember(ctx.sql, runId, userId, begunAt)
    await syncMember(ctx, userId)
  }
  for (let last = false; !last;) {
    const asked = ctx.now()
    const page = await ctx.wecom.readBook(userId, cursor)
    const ties = page?.ties ?? []
    const known = await learnTags(ctx, [...new Set(ties.flatMap((tie) => tie.follow.tagIds))])
    for (const { follow } of ties) follow.tagIds = follow.tagIds.filter((id) => known.has(id))
    cursor = page?.next ?? ''
    last = cursor === ''
    await ctx.sql.begin(async (tx) => {
      const differences = await storeTies(tx, ties, asked, false)
      await advance(tx, runId, userId, { cursor, customers: ties.length, differences })
      if (!last) return
      const ended = await endUnseenOfMember(tx, userId, begunAt)
      await finishMember(tx, runId, userId, { state: 'done', differences: ended, cause: null })
    })
  }
}

/** At most so many in a turn, so that events come in between; a turn begins every minute: ninety thousand customers an hour. */
const A_TURN = 1_500
const TURN_MS = 50_000
/** After everything else, and one at a time. A turn that is cut off has got somewhere: it is never given up. */
const DETAILS = { key: 'sync details', priority: 20, attempts: 10_000 }

/**
 * Personal tags stand in no book: each customer is read once by themselves, in the background and within WeCom's limits. A customer
 * WeCom cannot tell of now is passed over until the next full run.
 */
async function details(ctx: Ctx): Promise<void> {
  const until = performance.now() + TURN_MS
  const ids = await selectUnread(ctx.sql, A_TURN)
  for (const id of ids) {
    if (performance.now() > until) break
    try {
      await syncCustomer(ctx, id)
    } catch (error) {
      if (!(error instanceof WecomError) || error.busy) throw error
      ctx.log.warn({ errcode: error.errcode }, 'a customer could not be read')
      await markRead(ctx.sql, id, ctx.now())
    }
  }
  if (ids.length === A_TURN) await enqueue(ctx.sql, 'sync.details', {}, { ...DETAILS, afterSeconds: 10 })
}

/** What moved lately is read customer by customer: a lost event costs at most an hour. */
async function recent(ctx: Ctx): Promise<void> {
  await endAbandonedRecent(ctx.sql, ctx.now())
  const runId = await insertRun(ctx.sql, 'recent', ctx.now())
  if (runId === undefined) return
  try {
    for (const id of await selectRecent(ctx.sql, ctx.now(), MOST_RECENT)) {
      await addDifferences(ctx.sql, runId, await syncCustomer(ctx, id))
    }
  } finally {
    await finishRun(ctx.sql, runId, ctx.now())
  }
}

export const syncJobs = { 'sync.begin': begin, 'sync.member': member, 'sync.details': details }
