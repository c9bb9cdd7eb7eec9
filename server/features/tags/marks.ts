import type { CustomerId, TagId } from '#shared/ids.ts'
import type { CustomerTag } from '#shared/tags.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { AppError, noSuchCustomer } from '#server/errors.ts'
import { WecomError } from '#server/wecom/error.ts'
import { writeOut } from '../outbox/service.ts'
import { syncLibrary } from './library.ts'
import { type Mark, type Markable, markFollow, selectMarkable } from './queries.ts'
import { planMarks } from './rules.ts'

const UNKNOWN_TAG = 40068

/** Differences on the caller's own follow: our copy, the record of who marked what and what WeCom must get are one transaction. */
export async function markTags(
  ctx: Ctx,
  wanted: { customerId: CustomerId; add: TagId[]; remove: TagId[] },
): Promise<{ tags: CustomerTag[]; waiting: boolean }> {
  const key = { customerId: wanted.customerId, userId: memberOf(ctx) }
  const markable = await markableWith(ctx, key, wanted.add)
  const { add, remove } = planMarks(wanted, markable.library)
  if (add.length === 0 && remove.length === 0) return { tags: markable.tags, waiting: false }
  const marks = realChanges(add, remove, markable.tagIds)
  const did = (action: Mark['action']) => marks.filter((mark) => mark.action === action).map((mark) => mark.tagId)
  const write = { kind: 'tags' as const, add, remove, added: did('add'), removed: did('remove') }
  return await refreshingWhenUnknown(ctx, async () => {
    const { value: tags, waiting } = await writeOut(ctx, key, async (tx, now) => {
      const marked = await markFollow(tx, key, { add, remove, marks }, now)
      return marked && { value: marked, write }
    })
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
