import type { CustomerId } from '#shared/ids.ts'
import type { TimelineEntry, TimelineFilter } from '#shared/timeline.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { cutPage, readCursor, writeCursor } from '#server/db/cursor.ts'
import { AppError, noSuchCustomer } from '#server/errors.ts'
import { deletePin, type Found, insertPin, selectByIds, selectEntries, selectPins } from './queries.ts'

const PAGE = 30
const MOST_PINS = 10
const ENTRY = /^[a-z_]{1,20}:[\x21-\x7e]{1,64}$/

/** One page of everything that happened with a customer, as far as the caller may see it; pins with the first page. */
export async function readTimeline(
  ctx: Ctx,
  {
    customerId,
    filter,
    cursor,
  }: { customerId: CustomerId; filter?: TimelineFilter | undefined; cursor?: string | undefined },
) {
  const userId = memberOf(ctx)
  const after = cursor === undefined ? null : readCursor(cursor, ENTRY)
  const pins = await selectPins(ctx.sql, customerId, userId)
  if (!pins) throw noSuchCustomer()
  const wanted = { customerId, userId, filter: filter ?? null, after, limit: PAGE + 1 }
  const showPins = after === null && filter === undefined && pins.length > 0
  const [found, pinned] = await Promise.all([
    selectEntries(ctx.sql, wanted),
    showPins ? selectByIds(ctx.sql, customerId, userId, pins) : [],
  ])
  const { rows, nextCursor } = cutPage(found, PAGE, ({ at, id }) => writeCursor({ at, id }))
  const kept = new Set(pins)
  const mark = (entry: Found): TimelineEntry => ({ ...entry, pinned: kept.has(entry.id) })
  return { entries: rows.map(mark), pins: pinned.map(mark), nextCursor }
}

/** The same for whoever leads the member: the caller has made sure of that. */
export async function readTimelineOf(
  ctx: Ctx,
  {
    customerId,
    userId,
    filter,
    cursor,
  }: {
    customerId: CustomerId
    userId: string
    filter?: TimelineFilter | undefined
    cursor?: string | undefined
  },
) {
  const after = cursor === undefined ? null : readCursor(cursor, ENTRY)
  const found = await selectEntries(
    ctx.sql,
    { customerId, userId, filter: filter ?? null, after, limit: PAGE + 1 },
    'led',
  )
  const { rows, nextCursor } = cutPage(found, PAGE, ({ at, id }) => writeCursor({ at, id }))
  return { entries: rows.map((entry) => ({ ...entry, pinned: false })), nextCursor }
}

/** 404 for an entry the caller cannot see; ten pins at most. */
export async function setPin(
  ctx: Ctx,
  { customerId, entry, pinned }: { customerId: CustomerId; entry: string; pinned: boolean },
) {
  const userId = memberOf(ctx)
  const pins = await selectPins(ctx.sql, customerId, userId)
  if (!pins) throw noSuchCustomer()
  if (!pinned) {
    await deletePin(ctx.sql, customerId, userId, entry)
    return { ok: true as const }
  }
  const [found] = await selectByIds(ctx.sql, customerId, userId, [entry])
  if (!found) throw new AppError('not_found', '没有找到这条记录')
  if (pins.length >= MOST_PINS && !pins.includes(entry))
    throw new AppError('invalid_input', `最多置顶 ${MOST_PINS} 条，请先取消一条`)
  await insertPin(ctx.sql, customerId, userId, entry, ctx.now())
  return { ok: true as const }
}
