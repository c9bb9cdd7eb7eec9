import { defineStore } from 'pinia'
import { computed, reactive } from 'vue'
import type { GuardVerdict } from '#shared/guard.ts'
import type { CustomerId } from '#shared/ids.ts'

/** What the contact guard said of the customers opened so far. Where it has said nothing yet, nothing is held up. */
export const useGuard = defineStore('guard', () => {
  const verdicts = reactive(new Map<CustomerId, GuardVerdict>())
  function heard(customerId: CustomerId, verdict: GuardVerdict | undefined): void {
    if (verdict) verdicts.set(customerId, verdict)
    else verdicts.delete(customerId)
  }
  return { heard, of: computed(() => (customerId: CustomerId) => verdicts.get(customerId)) }
})
