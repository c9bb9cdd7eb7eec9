import { computed, ref, watch, type Ref } from 'vue'
import type { Output } from '#shared/endpoint.ts'
import type { listReplies } from '#shared/replies.ts'
import { indexReplies, searchReplies } from './search.ts'

/** `all`, `recent`, `favourites`, `mine` or a folder's id. */
export type Folder = string
const PAGE = 50

/** What the panel shows: the replies that answer the query within a folder, and which of them is chosen. */
export function useReplySearch(library: Ref<Output<typeof listReplies> | undefined>, initialQuery: string) {
  const query = ref(initialQuery)
  const folder = ref<Folder>('all')
  const chosen = ref(0)
  const limit = ref(PAGE)

  const index = computed(() => indexReplies(library.value?.replies ?? []))
  const within = computed(() =>
    index.value.filter(({ reply }) => {
      if (folder.value === 'all') return true
      if (folder.value === 'recent') return reply.lastUsedAt !== null
      if (folder.value === 'favourites') return reply.favourite
      return folder.value === 'mine' ? reply.scope === 'personal' : reply.folderId === folder.value
    }),
  )
  // Without a word, one's own stand as one put them and what was used stands by when it was.
  const hits = computed(() => {
    const found = searchReplies(within.value, query.value)
    if (query.value.trim() !== '') return found
    if (folder.value === 'mine')
      return found.sort((a, b) => order.value.get(a.reply.id)! - order.value.get(b.reply.id)!)
    if (folder.value !== 'recent') return found
    return found.sort((a, b) => (b.reply.lastUsedAt ?? '').localeCompare(a.reply.lastUsedAt ?? ''))
  })
  const order = computed(() => new Map(index.value.map((one) => [one.reply.id, one.order])))
  const shown = computed(() => hits.value.slice(0, limit.value))

  watch([query, folder], () => {
    chosen.value = 0
    limit.value = PAGE
  })
  watch(shown, (now) => (chosen.value = Math.max(0, Math.min(chosen.value, now.length - 1))))

  const move = (step: number) => (chosen.value = Math.max(0, Math.min(chosen.value + step, shown.value.length - 1)))
  const choose = (replyId: string) =>
    (chosen.value = Math.max(
      0,
      shown.value.findIndex((hit) => hit.reply.id === replyId),
    ))
  const more = () => (limit.value += PAGE)
  return { query, folder, hits, shown, chosen, move, choose, more }
}
