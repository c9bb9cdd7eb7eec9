import { computed, type Ref } from 'vue'
import type { OwnFollow } from '#shared/customers.ts'

export const FIELDS = ['remark', 'salutation', 'company', 'description'] as const
export type Field = (typeof FIELDS)[number]
export type Edits = Partial<Record<Field, string>>

/** WeCom's limits, in characters; the salutation's is ours. */
export const LIMIT: Record<Field, number> = { remark: 20, salutation: 20, company: 20, description: 150 }

/** What the rep has changed but not saved, kept in `draft` (JSON, empty when nothing) so that it survives closing and a refusal. */
export function useFollowDraft(follow: Ref<OwnFollow>, draft: Ref<string>) {
  const edits = computed<Edits>(() => (draft.value === '' ? {} : (JSON.parse(draft.value) as Edits)))
  const valueOf = (field: Field) => edits.value[field] ?? follow.value[field]

  function write(field: Field, text: string) {
    const { [field]: _, ...rest } = edits.value
    const next = text === follow.value[field] ? rest : { ...rest, [field]: text }
    draft.value = Object.keys(next).length > 0 ? JSON.stringify(next) : ''
  }

  /** Takes saved fields out of the draft, but not what was typed on while they were under way. */
  function settle(saved: Edits) {
    const left = Object.entries(edits.value).filter(([field, text]) => saved[field as Field] !== text)
    draft.value = left.length > 0 ? JSON.stringify(Object.fromEntries(left)) : ''
  }

  return { edits, valueOf, write, settle, clear: () => (draft.value = '') }
}
