import type { Ctx, Deps } from '#server/context.ts'
import { perProcess, singleFlight } from '#server/per-process.ts'
import { readings } from '#server/pinyin.ts'
import { WecomError } from '#server/wecom/error.ts'
import type { RemoteFollow, RemoteTagGroup } from '#server/wecom/port.ts'
import { type LibraryGroup, replaceLibrary } from './library.queries.ts'
import { startsSingleChoice, toneOf } from './rules.ts'

/** Older than this, WeCom is asked again before the library is shown. */
export const LIBRARY_FRESH_MS = 10 * 60_000

type LibraryDeps = Pick<Deps, 'sql' | 'wecom' | 'now' | 'log'>

/** `known`: ids this process has seen in WeCom's list; `asked`: ids it looked for in vain, and when. */
const memory = perProcess(() => ({
  known: new Set<string>(),
  asked: new Map<string, number>(),
  flights: new Map<string, Promise<void>>(),
}))

/** Copies WeCom's tag list over ours. Several callers at once share one call. */
export function syncLibrary(deps: LibraryDeps): Promise<void> {
  const state = memory(deps)
  return singleFlight(state.flights, 'library', async () => {
    const groups = (await deps.wecom.listTags()).sort((a, b) => b.order - a.order).map(toLibraryGroup)
    await replaceLibrary(deps.sql, groups, deps.now())
    state.known = new Set(groups.flatMap((group) => group.tags.map((tag) => tag.id)))
    state.asked.clear()
  })
}

/** WeCom shows larger orders first; positions count from zero. */
function toLibraryGroup(group: RemoteTagGroup, position: number): LibraryGroup {
  const tags = group.tags
    .sort((a, b) => b.order - a.order)
    .map((tag, at) => ({ id: tag.id, name: tag.name, position: at, ...readings(tag.name) }))
  const ours = { tone: toneOf(group.name, position), singleChoice: startsSingleChoice(group.name) }
  return { id: group.id, name: group.name, position, ...ours, tags }
}

/**
 * Makes sure these tags are in the library, asking WeCom for its list when one is new to this process. Returns those that are:
 * strategy tags never are, nor is a new one while WeCom is out of reach.
 */
export async function learnTags(ctx: Ctx, ids: string[]): Promise<ReadonlySet<string>> {
  const state = memory(ctx)
  const now = ctx.now().getTime()
  const fresh = (id: string) => state.known.has(id) || now - (state.asked.get(id) ?? -Infinity) < LIBRARY_FRESH_MS
  if (!ids.every(fresh)) {
    try {
      await syncLibrary(ctx)
      for (const id of ids) if (!state.known.has(id)) state.asked.set(id, now)
    } catch (err) {
      if (!(err instanceof WecomError)) throw err
      ctx.log.warn({ err: err.message, errcode: err.errcode }, 'tag library not refreshed')
    }
  }
  return state.known
}

/** A tag that WeCom has just made for us counts as known. */
export function rememberTag(deps: Pick<Deps, 'wecom'>, id: string): void {
  memory(deps).known.add(id)
}

/**
 * The tags of a tie as our copy keeps them: by id where the library holds them. One that WeCom's list does not hold (a strategy
 * tag) is kept by name, like a personal one, rather than hidden.
 */
export function sortOut(
  { tags, personalTags }: Pick<RemoteFollow, 'tags' | 'personalTags'>,
  known: ReadonlySet<string>,
) {
  const unlisted = tags.filter((tag) => !known.has(tag.id)).map(({ name, group }) => ({ name, group }))
  const tagIds = tags.map((tag) => tag.id).filter((id) => known.has(id))
  return { tagIds, personalTags: [...personalTags, ...unlisted] }
}
