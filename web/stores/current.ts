import { defineStore } from 'pinia'
import { ref, type Ref, shallowRef } from 'vue'
import type { CustomerId } from '#shared/ids.ts'
import type { Host, HostError } from '#web/host/host.ts'
import { classify } from '#web/host/classify.ts'

/** Whose chat is open. A fault says why nobody's is. */
export const useCurrent = defineStore('current', () => {
  const customerId = ref<CustomerId | null>(null)
  const fault = shallowRef<HostError | null>(null)
  let generation = 0
  const drafts = new Map<string, Ref<string>>()

  /** Asks the client whose chat is open. An answer that a newer question has overtaken is dropped. */
  async function locate(host: Host): Promise<void> {
    const mine = ++generation
    try {
      const found = await host.currentCustomer()
      if (mine !== generation) return
      customerId.value = found
      fault.value = null
    } catch (error) {
      if (mine !== generation) return
      const why = classify(error)
      if (why.kind === 'timeout' && customerId.value) return
      customerId.value = null
      fault.value = why
    }
  }

  /** An unfinished text that belongs to one customer: it waits there while other chats are open. */
  function draftFor(id: CustomerId, name: string): Ref<string> {
    const key = `${id}/${name}`
    const draft = drafts.get(key) ?? ref('')
    drafts.set(key, draft)
    return draft
  }

  return { customerId, fault, locate, draftFor }
})
