import type { CustomerId, TagId } from '#shared/ids.ts'
import type { CustomerTag } from '#shared/tags.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { AppError, noSuchCustomer } from '#server/errors.ts'
import { WecomError } from '#server/wecom/error.ts'
import { writeThrough } from '../customers/service.ts'
import { syncLibrary } from './library.ts'
import { type Mark, type Markable, markFollow, selectMarkable } from './queries.ts'
import { planMarks } from './rules.ts'

const UNKNOWN_TAG = 40068

/** WeCom first, as differences on the caller's own follow; our copy and the record of who marked what follow in one statement. */
export async function markTags(
  ctx: Ctx,
  wanted: { customerId: CustomerId; add: TagId[]; remove: TagId[] },
): Promise<{ tags: CustomerTag[] }> {
  const key = { customerId: wanted.customerId, userId: memberOf(ctx) }
  const markable = await markableWith(ctx, key, wanted.add)
  const { add, remove } = planMarks(wanted, markable.library)
  if (add.length === 0 && remove.length === 0) return { tags: markable.tags }
  const change = { add, remove, marks: realChanges(add, remove, markable.tagIds) }
  const toWecom = () => markInWecom(ctx, { ...key, add, remove })
  const tags = await writeThrough(ctx, key, toWecom, () => markFollow(ctx.sql, key, change, ctx.now()))
  if (!tags) throw noSuchCustomer()
  return { tags }
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
async function markInWecom(ctx: Ctx, change: { userId: string; customerId: string; add: string[]; remove: string[] }) {
  try {
    await ctx.wecom.markTags(change)
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
