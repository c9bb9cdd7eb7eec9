import { defineStore } from 'pinia'
import { computed, reactive } from 'vue'

interface Words {
  title: string
  text: string
}

/** What was being written about one's own replies, so that leaving the editor by mistake loses nothing. */
export const useOwnDrafts = defineStore('own-drafts', () => {
  const kept = reactive(new Map<string, Words>())

  /** Two fields that remember themselves under `name` until `clear`; they start from `fresh`. */
  function draftOf(name: string, fresh: () => Words) {
    const before = fresh()
    const field = (which: keyof Words) =>
      computed({
        get: () => kept.get(name)?.[which] ?? before[which],
        set: (words) => void kept.set(name, { ...(kept.get(name) ?? before), [which]: words }),
      })
    return { title: field('title'), text: field('text'), clear: () => void kept.delete(name) }
  }
  return { draftOf }
})
