import { defineQueryOptions, type useQueryCache } from '@pinia/colada'
import type { Output } from '#shared/endpoint.ts'
import type { ReplyId } from '#shared/ids.ts'
import { listReplies, type Reply } from '#shared/replies.ts'
import { call } from '#web/lib/api.ts'

type Cache = ReturnType<typeof useQueryCache>
type Library = Output<typeof listReplies>
const KEY = ['replies']

/** The whole library of this member, fetched when the panel first opens. */
export const repliesQuery = defineQueryOptions({
  key: KEY,
  query: ({ signal }) => call(listReplies, {}, signal),
  staleTime: 300_000,
})

/** Counts a use at once. In place and without repainting: the list must not move under the finger; the next search ranks by it. */
export function bumpUses(cache: Cache, replyId: ReplyId): void {
  const used = cache.getQueryData<Library>(KEY)?.replies.find((reply) => reply.id === replyId)
  if (!used) return
  used.uses += 1
  used.teamUses += 1
}

/** Puts a new or changed reply of one's own into the library at hand, first. */
export const putReply = (cache: Cache, reply: Reply): void =>
  change(cache, (replies) => [reply, ...replies.filter((r) => r.id !== reply.id)])

export const dropReply = (cache: Cache, replyId: ReplyId): void =>
  change(cache, (replies) => replies.filter((r) => r.id !== replyId))

function change(cache: Cache, next: (replies: Reply[]) => Reply[]): void {
  const library = cache.getQueryData<Library>(KEY)
  if (library) cache.setQueryData(KEY, { ...library, replies: next(library.replies) })
}
