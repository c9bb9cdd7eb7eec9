import { defineStore } from 'pinia'
import { computed, reactive } from 'vue'
import type { ReplyPart } from '#shared/replies.ts'

interface Words {
  title: string
  parts: ReplyPart[]
}

/** What was being written about one's own replies, so that leaving the editor by mistake loses nothing. */
export const useOwnDrafts = defineStore('own-drafts', () => {
  const kept = reactive(new Map<string, Words>())

  /** Two fields that remember themselves under `name` until `clear`; they start from `fresh`. */
  function draftOf(name: string, fresh: () => Words) {
    const before = fresh()
    const now = () => kept.get(name) ?? before
    const title = computed({
      get: () => now().title,
      set: (words) => void kept.set(name, { ...now(), title: words }),
    })
    const parts = computed({
      get: () => now().parts,
      set: (list) => void kept.set(name, { ...now(), parts: list }),
    })
    return { title, parts, clear: () => void kept.delete(name) }
  }
  return { draftOf }
})
