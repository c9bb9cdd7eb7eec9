import type { CustomerId } from '#shared/ids.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { noSuchCustomer } from '#server/errors.ts'
import { WecomError } from '#server/wecom/error.ts'
import type { TagGroup } from '#shared/tags.ts'
import { selectGroups, selectLibraryFor } from './library.queries.ts'
import { LIBRARY_FRESH_MS, syncLibrary } from './library.ts'

export { learnTags, sortOut, syncLibrary } from './library.ts'
export { markOn } from './marks.ts'
export { type PlacedTag, planMarks } from './rules.ts'
export { corpTagsJson, followTagsJson } from './queries.ts'

/** The corp's tags and the ones to offer first. Older than ten minutes it is fetched anew; the old copy serves while WeCom is away. */
export async function listTags(ctx: Ctx, { customerId }: { customerId: CustomerId }) {
  const read = async () => {
    const library = await selectLibraryFor(ctx.sql, customerId, memberOf(ctx))
    if (!library) throw noSuchCustomer()
    return library
  }
  const copy = await read()
  const age = copy.asOf === null ? Infinity : ctx.now().getTime() - Date.parse(copy.asOf)
  const current = age <= LIBRARY_FRESH_MS || !(await refreshed(ctx, copy.asOf !== null)) ? copy : await read()
  return { ...current, asOf: current.asOf ?? ctx.now().toISOString() }
}

/** false: WeCom is away and the copy has to do. Without a copy its error goes to the caller. */
async function refreshed(ctx: Ctx, haveCopy: boolean): Promise<boolean> {
  try {
    await syncLibrary(ctx)
    return true
  } catch (err) {
    if (!(err instanceof WecomError) || !haveCopy) throw err
    ctx.log.warn({ err: err.message, errcode: err.errcode }, 'an old tag library is shown')
    return false
  }
}

/** The corp's tags as we last had them. */
export const corpGroups = (ctx: Ctx): Promise<TagGroup[]> => selectGroups(ctx.sql)
