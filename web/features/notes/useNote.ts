import { onScopeDispose, ref, watch } from 'vue'
import type { Note, NoteFile, NoteResult, Visibility } from '#shared/notes.ts'
import { readDraft, writeDraft } from '#web/lib/drafts.ts'

export interface NoteDraft {
  body: string
  result: NoteResult | null
  visibility: Visibility
  mentions: string[]
  files: NoteFile[]
  /** ISO; null: no next step. `chosen`: the rep tapped it, rather than that it was read from the text. */
  next: string | null
  chosen: boolean
  /** The promise that the next step is, in words; null: none, or not confirmed. */
  promised: string | null
}

const SAVE_MS = 300
const blank = (): NoteDraft => ({
  body: '',
  result: null,
  visibility: 'team',
  mentions: [],
  files: [],
  next: null,
  chosen: false,
  promised: null,
})
const of = (note: Note): NoteDraft => ({
  body: note.body,
  result: note.result,
  visibility: note.visibility,
  mentions: note.mentions.map((person) => person.userId),
  files: note.files,
  next: null,
  chosen: false,
  promised: null,
})

/** A note being written, kept per customer in this browser as it is typed: it survives a killed page. `restored`: something was there. */
export function useNote(member: string, customerId: string, note: Note | undefined) {
  const what = note ? `note ${note.id}` : 'note'
  const draft = ref<NoteDraft>(note ? of(note) : blank())
  const restored = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let touched = false
  let done = false

  const ready = readDraft<NoteDraft>(member, customerId, what).then((kept) => {
    if (!kept || touched) return
    restored.value = true
    draft.value = { ...blank(), ...kept }
  })

  const store = () => {
    clearTimeout(timer)
    if (done) return
    const { body, files } = draft.value
    const empty = body.trim() === '' && files.length === 0
    void writeDraft(member, customerId, what, empty ? undefined : JSON.parse(JSON.stringify(draft.value)))
  }
  watch(
    draft,
    () => {
      touched = true
      clearTimeout(timer)
      timer = setTimeout(store, SAVE_MS)
    },
    { deep: true },
  )
  window.addEventListener('pagehide', store)
  onScopeDispose(() => {
    window.removeEventListener('pagehide', store)
    store()
  })

  /** It is the server's now, or the queue's. */
  function settle(): void {
    done = true
    clearTimeout(timer)
    void writeDraft(member, customerId, what, undefined)
  }
  return { draft, restored, ready, settle }
}
