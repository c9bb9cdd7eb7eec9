import { computed, ref, type Ref } from 'vue'
import type { FilledPart } from './content.ts'

/**
 * Changing a reply's words before sending. The wording is kept in `draft` (JSON, empty when untouched), which belongs to the customer and
 * outlives the panel.
 */
export function useEditing(parts: Ref<FilledPart[]>, draft: Ref<string>) {
  const editing = ref(draft.value !== '')
  const original = computed(() => parts.value.flatMap((part) => (part.type === 'text' ? [part.filled.text] : [])))
  const texts = computed(() => (draft.value === '' ? original.value : (JSON.parse(draft.value) as string[])))

  const write = (nth: number, text: string) => {
    draft.value = JSON.stringify(texts.value.map((old, i) => (i === nth ? text : old)))
  }
  const begin = () => (editing.value = original.value.length > 0)
  const end = () => (editing.value = false)
  const restore = () => {
    draft.value = ''
    end()
  }
  return { editing, texts, write, begin, end, restore }
}
