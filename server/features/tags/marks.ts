import type { CustomerId, TagId } from '#shared/ids.ts'
import type { CustomerTag } from '#shared/tags.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import type { Runner } from '#server/db/json.ts'
import type { Origin } from '#server/db/origin.ts'
import { AppError, noSuchCustomer } from '#server/errors.ts'
import { WecomError } from '#server/wecom/error.ts'
import { writeOut } from '../outbox/service.ts'
import { syncLibrary } from './library.ts'
import { type Mark, type Markable, markFollow, selectMarkable } from './queries.ts'
import { planMarks } from './rules.ts'

const UNKNOWN_TAG = 40068

interface Wanted {
  customerId: CustomerId
  add: TagId[]
  remove: TagId[]
}

/** Differences on the caller's own follow. */
export function markTags(ctx: Ctx, wanted: Wanted): Promise<{ tags: CustomerTag[]; waiting: boolean }> {
  return markOn(ctx, memberOf(ctx), wanted, { kind: 'sidebar' })
}

/**
 * The same on somebody's follow, by whoever may: our copy, the record of who marked what, `also` (told what really changes; nothing changes,
 * nothing is told) and what WeCom must get are one transaction.
 */
export async function markOn(
  ctx: Ctx,
  userId: string,
  wanted: Wanted,
  origin: Origin,
  also: (tx: Runner, did: { added: string[]; removed: string[] }) => Promise<void> = async () => undefined,
): Promise<{ tags: CustomerTag[]; waiting: boolean }> {
  const key = { customerId: wanted.customerId, userId }
  const markable = await markableWith(ctx, key, wanted.add)
  const { add, remove } = planMarks(wanted, markable.library)
  if (add.length === 0 && remove.length === 0) return { tags: markable.tags, waiting: false }
  const marks = realChanges(add, remove, markable.tagIds)
  const did = (action: Mark['action']) => marks.filter((mark) => mark.action === action).map((mark) => mark.tagId)
  const [added, removed] = [did('add'), did('remove')]
  const write = { kind: 'tags' as const, add, remove, added, removed }
  const change = async (tx: Runner, now: Date) => {
    const marked = await markFollow(tx, key, { add, remove, marks }, now)
    if (!marked) return undefined
    await also(tx, { added, removed })
    return { value: marked, write }
  }
  return await refreshingWhenUnknown(ctx, async () => {
    const { value: tags, waiting } = await writeOut(ctx, key, change, origin)
    return { tags, waiting }
  })
}

/** Fetches WeCom's list once when a tag to add is not in ours; it may be minutes old. */
async function markableWith(ctx: Ctx, key: { customerId: string; userId: string }, add: string[]): Promise<Markable> {
  const read = async () => {
    const markable = await selectMarkable(ctx.sql, key.customerId, key.userId, add)
    if (!markable) throw noSuchCustomer()
    return markable
  }
  const knowsAll = ({ library }: Markable) => add.every((id) => library.some((tag) => tag.id === id))
  const known = await read()
  if (knowsAll(known)) return known
  await syncLibrary(ctx)
  const current = await read()
  if (!knowsAll(current)) throw new AppError('invalid_input', '这个标签已经不存在了，请换一个')
  return current
}

/** A tag that WeCom no longer has means our library is old: it is fetched, and the refusal still goes to the member. */
async function refreshingWhenUnknown<T>(ctx: Ctx, mark: () => Promise<T>): Promise<T> {
  try {
    return await mark()
  } catch (err) {
    if (err instanceof WecomError && err.errcode === UNKNOWN_TAG) {
      await syncLibrary(ctx).catch((cause: unknown) => ctx.log.warn({ err: cause }, 'tag library not refreshed'))
    }
    throw err
  }
}

function realChanges(add: string[], remove: string[], before: string[]): Mark[] {
  const had = new Set(before)
  return [
    ...add.filter((id) => !had.has(id)).map((tagId): Mark => ({ tagId, action: 'add' })),
    ...remove.filter((id) => had.has(id)).map((tagId): Mark => ({ tagId, action: 'remove' })),
  ]
}
