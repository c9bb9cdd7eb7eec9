import { type CustomerId, TagId } from '#shared/ids.ts'
import type { CustomerTag, LibraryTag } from '#shared/tags.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { AppError, noSuchCustomer } from '#server/errors.ts'
import { readings } from '#server/pinyin.ts'
import { WecomError } from '#server/wecom/error.ts'
import { insertTag } from './library.queries.ts'
import { rememberTag, syncLibrary } from './library.ts'
import { markTags } from './marks.ts'
import { selectTagByName } from './queries.ts'

const NAME_TAKEN = 40071

/** Makes a tag in WeCom and puts it on the caller's customer; a name the group already has is that tag. */
export async function createTag(
  ctx: Ctx,
  wanted: { customerId: CustomerId; groupId: string; name: string },
): Promise<{ tag: LibraryTag; tags: CustomerTag[]; waiting: boolean }> {
  const tag = (await findTag(ctx, wanted)) ?? (await makeTag(ctx, wanted))
  return { tag, ...(await markTags(ctx, { customerId: wanted.customerId, add: [tag.id], remove: [] })) }
}

async function findTag(ctx: Ctx, wanted: { customerId: string; groupId: string; name: string }) {
  const found = await selectTagByName(ctx.sql, { ...wanted, userId: memberOf(ctx) })
  if (!found) throw noSuchCustomer()
  if (!found.groupExists) throw new AppError('invalid_input', '这个标签组已经不存在了，请换一个')
  return found.tag
}

async function makeTag(ctx: Ctx, wanted: { customerId: string; groupId: string; name: string }): Promise<LibraryTag> {
  try {
    const group = await ctx.wecom.createTag({ groupId: wanted.groupId, name: wanted.name })
    const made = group.tags.find((tag) => tag.name === wanted.name)
    if (!made) throw new AppError('wecom_failed', '企业微信没有返回新标签，请稍后再看')
    const tag = { id: TagId.parse(made.id), name: made.name, ...readings(made.name) }
    await insertTag(ctx.sql, { ...tag, groupId: wanted.groupId })
    rememberTag(ctx, tag.id)
    return tag
  } catch (err) {
    // Somebody made it a moment ago, here or in WeCom.
    const existing =
      err instanceof WecomError && err.errcode === NAME_TAKEN && (await syncLibrary(ctx), await findTag(ctx, wanted))
    if (existing) return existing
    throw err
  }
}
