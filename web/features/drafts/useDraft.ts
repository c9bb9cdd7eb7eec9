import { useQuery, useQueryCache } from '@pinia/colada'
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { type DraftMode, type DraftSource, writeDraft } from '#shared/drafts.ts'
import type { CustomerId } from '#shared/ids.ts'
import { ApiError } from '#web/lib/api.ts'
import { useOnline } from '#web/lib/online.ts'
import { callStream } from '#web/lib/stream.ts'
import { assistantQuery, keepLeft } from './drafts.query.ts'
import { failedText, t, withheldText } from './messages.ts'

export interface Drafted {
  text: string
  sources: DraftSource[]
}

/** Drafts for one customer, one at a time. What is shown while it works is whole sentences, each traced; one that is not takes all of them back. */
export function useDraft(customerId: CustomerId) {
  const assistant = useQuery(assistantQuery)
  const cache = useQueryCache()
  const online = useOnline()
  const working = ref(false)
  const chars = ref(0)
  const sentences = ref<string[]>([])
  /** Why there is no draft, to be read. */
  const problem = ref('')
  const withheld = ref(false)
  const drafted = shallowRef<Drafted | null>(null)
  let flight: AbortController | undefined

  const state = computed(() => assistant.data.value)
  const there = computed(() => state.value !== undefined && state.value.state !== 'off')
  const ready = computed(() => there.value && online.value && !working.value && (state.value?.left ?? 0) > 0)

  /** Answers the draft, or null where there is none: `problem` says why, unless it was stopped. */
  async function begin(mode: DraftMode, text: string): Promise<Drafted | null> {
    stop()
    const mine = (flight = new AbortController())
    working.value = true
    chars.value = 0
    problem.value = ''
    withheld.value = false
    drafted.value = null
    try {
      for await (const event of callStream(writeDraft, { customerId, mode, text }, mine.signal)) {
        if (event.type === 'started') keepLeft(cache, event.left)
        if (event.type === 'progress') chars.value = event.chars
        if (event.type === 'sentence') sentences.value = [...sentences.value, event.text]
        if (event.type === 'failed') problem.value = failedText(event.reason)
        if (event.type === 'withheld') {
          withheld.value = true
          problem.value = withheldText(event.reason, event.piece)
        }
        if (event.type === 'done') drafted.value = { text: event.text, sources: event.sources }
      }
      if (!drafted.value && problem.value === '') problem.value = failedText('cut')
    } catch (error) {
      if (mine.signal.aborted) return null
      if (error instanceof ApiError && error.code === 'too_many_requests') keepLeft(cache, 0)
      problem.value = error instanceof ApiError && error.code === 'too_many_requests' ? t('used') : t('lost')
    } finally {
      if (flight === mine) {
        working.value = false
        sentences.value = []
      }
    }
    return drafted.value
  }

  /** The server stops asking the model as well. */
  function stop(): void {
    flight?.abort()
    flight = undefined
    working.value = false
    sentences.value = []
  }
  onScopeDispose(stop)
  return { there, ready, state, online, working, chars, sentences, problem, withheld, drafted, begin, stop }
}
