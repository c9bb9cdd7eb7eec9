import { defineQueryOptions, type useQueryCache } from '@pinia/colada'
import type { Output } from '#shared/endpoint.ts'
import type { CustomerId, ReplyId } from '#shared/ids.ts'
import { listReplies, type Reply } from '#shared/replies.ts'
import { listSent } from '#shared/sends.ts'
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
  used.lastUsedAt = new Date().toISOString()
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

/** Puts one's own into another order; the company's keep theirs behind them. */
export const orderReplies = (cache: Cache, order: ReplyId[]): void =>
  change(cache, (replies) => {
    const place = new Map(order.map((id, at) => [id, at]))
    return [...replies].sort((a, b) => (place.get(a.id) ?? order.length) - (place.get(b.id) ?? order.length))
  })

export const keepFavourite = (cache: Cache, replyId: ReplyId, favourite: boolean): void =>
  change(cache, (replies) => replies.map((reply) => (reply.id === replyId ? { ...reply, favourite } : reply)))

/** When each reply last reached this customer. */
export const sentQuery = defineQueryOptions((customerId: CustomerId) => ({
  key: ['customers', customerId, 'sent'],
  query: ({ signal }) => call(listSent, { customerId }, signal),
  staleTime: 60_000,
}))
