import { defineStore } from 'pinia'
import { computed, reactive } from 'vue'
import type { GuardVerdict } from '#shared/guard.ts'
import type { CustomerId } from '#shared/ids.ts'

/** What the contact guard said of the customers opened so far. Where it has said nothing yet, nothing is held up. */
export const useGuard = defineStore('guard', () => {
  const verdicts = reactive(new Map<CustomerId, { verdict: GuardVerdict['verdict']; why: string }>())
  /** `why`: in words, with the customer named. */
  function heard(customerId: CustomerId, verdict: GuardVerdict | undefined, why = ''): void {
    if (verdict) verdicts.set(customerId, { verdict: verdict.verdict, why })
    else verdicts.delete(customerId)
  }
  return { heard, of: computed(() => (customerId: CustomerId) => verdicts.get(customerId)) }
})
