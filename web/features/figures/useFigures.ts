import { useQuery } from '@pinia/colada'
import { onScopeDispose, watch } from 'vue'
import { type Figures, getFigures } from '#shared/figures.ts'
import { call } from '#web/lib/api.ts'

export interface Chosen {
  days: '7' | '30' | '90'
  store?: string
  member?: string
}

const SOON_MS = 4_000

/** Figures by these filters, asked for again while they are being counted. */
export function useFigures(filters: () => Chosen, staleTime = 0) {
  const query = useQuery<Figures>({
    key: () => ['figures', JSON.stringify(filters())],
    query: ({ signal }) => call(getFigures, filters(), signal),
    placeholderData: (before) => before,
    staleTime,
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(query.data, (answer) => {
    clearTimeout(timer)
    if (answer?.pending || answer?.recounting) timer = setTimeout(() => void query.refetch(), SOON_MS)
  })
  onScopeDispose(() => clearTimeout(timer))
  return query
}
