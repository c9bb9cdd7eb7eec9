import { computed, ref, watch, type Ref } from 'vue'
import type { Output } from '#shared/endpoint.ts'
import type { listReplies } from '#shared/replies.ts'
import { indexReplies, searchReplies } from './search.ts'

/** `all`, `mine` or a folder's id. */
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
      return folder.value === 'mine' ? reply.scope === 'personal' : reply.folderId === folder.value
    }),
  )
  const hits = computed(() => searchReplies(within.value, query.value))
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
