import { useQuery } from '@pinia/colada'
import { computed, reactive, ref, type Ref, watch } from 'vue'
import { useToast } from '#web/ui/toast.ts'
import { errorText } from './error-text.ts'
import { defineMessages } from './i18n.ts'

const t = defineMessages({ saved: ['已保存', 'Saved'], failed: ['没存上：{why}', 'Not saved: {why}'] })

/** `empty`: the draft before anything was read. `saved`: what is said once it is kept, where that is more than “saved”. */
interface Keeping<Answer, Draft> {
  key: string[]
  empty: Draft
  read: (signal: AbortSignal) => Promise<Answer>
  draftOf: (answer: Answer) => Draft
  write: (draft: Draft) => Promise<Answer>
  saved?: () => string
}

/** Something an admin keeps, read whole and written whole: `draft` is the page's own copy, nothing changes before `save`. A draft that was refused stays. */
export function useSaved<Answer extends object, Draft>({
  key,
  empty,
  read,
  draftOf,
  write,
  saved,
}: Keeping<Answer, Draft>) {
  const { data, error, isLoading, refetch } = useQuery<Answer>({ key, query: ({ signal }) => read(signal) })
  const draft = ref(empty) as Ref<Draft>
  const known = ref(JSON.stringify(empty))
  const answer = ref() as Ref<Answer | undefined>
  const busy = ref(false)
  const problem = ref('')
  const toast = useToast()

  function take(found: Answer) {
    answer.value = found
    known.value = JSON.stringify(draftOf(found))
    draft.value = JSON.parse(known.value) as Draft
  }
  watch(data, (found) => found && take(found), { immediate: true })

  /** Anything that is asked of the server with the draft; its refusal is told on the page. */
  async function act(work: (draft: Draft) => Promise<void>): Promise<void> {
    busy.value = true
    problem.value = ''
    try {
      await work(draft.value)
    } catch (failure) {
      problem.value = t('failed', { why: errorText(failure) })
    } finally {
      busy.value = false
    }
  }
  const save = () =>
    act(async (whole) => {
      take(await write(whole))
      toast.show({ text: saved ? saved() : t('saved') })
    })

  return reactive({
    answer,
    draft,
    busy,
    problem,
    error,
    changed: computed(() => JSON.stringify(draft.value) !== known.value),
    loading: computed(() => isLoading.value && answer.value === undefined),
    again: () => void refetch(),
    act,
    save,
  })
}

/** One place further up in a list. */
export const moveUp = <T>(list: T[], at: number): void => void list.splice(at - 1, 0, ...list.splice(at, 1))
