import { computed, onScopeDispose, reactive, ref, shallowRef, watch } from 'vue'

interface Page<Row> {
  rows: Row[]
  nextCursor: string | null
}

/** A list as far as it has been read, for PagedList.vue. */
export interface Pages<Row> {
  readonly rows: readonly Row[]
  readonly error: unknown
  readonly loading: boolean
  readonly hasMore: boolean
  more(): void
  retry(): void
}

/**
 * A list read page by page. A change of `filters` (a getter of plain values) begins anew after a pause in typing and drops what was
 * under way; a page that fails leaves the rows before it.
 */
export function usePages<Row>(
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Row>>,
  filters: () => unknown,
): Pages<Row> {
  const rows = shallowRef<Row[]>([])
  const cursor = ref<string | null>(null)
  const error = shallowRef<unknown>(null)
  const loading = ref(false)
  let under: AbortController | undefined
  let pause: ReturnType<typeof setTimeout> | undefined

  async function read(from: string | null): Promise<void> {
    under?.abort()
    const mine = (under = new AbortController())
    loading.value = true
    error.value = null
    try {
      const page = await load(from ?? undefined, mine.signal)
      if (mine.signal.aborted) return
      rows.value = from === null ? page.rows : [...rows.value, ...page.rows]
      cursor.value = page.nextCursor
    } catch (failure) {
      if (!mine.signal.aborted) error.value = failure
    } finally {
      if (under === mine) loading.value = false
    }
  }

  watch(
    () => JSON.stringify(filters()),
    () => {
      clearTimeout(pause)
      pause = setTimeout(() => void read(null), 200)
    },
  )
  onScopeDispose(() => {
    clearTimeout(pause)
    under?.abort()
  })
  void read(null)

  return reactive({
    rows,
    error,
    loading,
    hasMore: computed(() => cursor.value !== null),
    more: () => void (loading.value || cursor.value === null || read(cursor.value)),
    retry: () => void read(rows.value.length > 0 ? cursor.value : null),
  }) as Pages<Row>
}
