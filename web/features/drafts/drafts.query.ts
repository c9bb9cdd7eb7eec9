import { defineQueryOptions, type useQueryCache } from '@pinia/colada'
import { type AssistantState, getAssistant } from '#shared/drafts.ts'
import { call } from '#web/lib/api.ts'

const KEY = ['assistant']

/** Whether there is a model to draft with, and how often still today. Until it is known there is none. */
export const assistantQuery = defineQueryOptions({
  key: KEY,
  query: ({ signal }) => call(getAssistant, {}, signal),
  staleTime: 300_000,
})

export function keepLeft(cache: ReturnType<typeof useQueryCache>, left: number): void {
  const known = cache.getQueryData<AssistantState>(KEY)
  if (known) cache.setQueryData(KEY, { ...known, left })
}
