import { defineStore } from 'pinia'
import { computed, ref, type Ref, shallowRef } from 'vue'
import { CustomerId, type NoteId } from '#shared/ids.ts'
import type { Host, HostError, HostFault } from '#web/host/host.ts'
import { classify } from '#web/host/classify.ts'

/** Whose chat is open. A fault says why nobody's is. */
export const useCurrent = defineStore('current', () => {
  const customerId = ref<CustomerId | null>(null)
  const fault = shallowRef<HostError | null>(null)
  /** Chosen by a link or from a list, outside any chat. */
  const chosen = ref<CustomerId | null>(linkedCustomer())
  const linked = computed(() => chosen.value !== null && customerId.value === chosen.value)
  let generation = 0
  const drafts = new Map<string, Ref<string>>()

  /** Asks the client whose chat is open. An answer that a newer question has overtaken is dropped. */
  async function locate(host: Host): Promise<void> {
    const mine = ++generation
    try {
      const found = await host.currentCustomer()
      if (mine !== generation) return
      customerId.value = found
      chosen.value = null
      fault.value = null
    } catch (error) {
      if (mine !== generation) return
      const why = classify(error)
      if (customerId.value && (why.kind === 'timeout' || (!navigator.onLine && UNSAID.has(why.kind)))) return
      customerId.value = isNoChat(why) ? chosen.value : null
      fault.value = customerId.value === null ? why : null
    }
  }

  /** Looks at one customer outside any chat; null goes back to the lists. */
  function choose(id: CustomerId | null): void {
    chosen.value = id
    if (id === null) return
    customerId.value = id
    fault.value = null
  }

  /** An unfinished text that belongs to one customer: it waits there while other chats are open. */
  function draftFor(id: CustomerId, name: string): Ref<string> {
    const key = `${id}/${name}`
    const draft = drafts.get(key) ?? ref('')
    drafts.set(key, draft)
    return draft
  }

  /** The note a message's link is about, once, and only with its own customer. */
  let note = new URLSearchParams(location.search).get('note')
  function takeNote(of: CustomerId): NoteId | null {
    const id = note !== null && of === linkedCustomer() && UUID.test(note) ? (note as NoteId) : null
    if (id) note = null
    return id
  }

  return { customerId, fault, linked, locate, choose, draftFor, takeNote }
})

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Without a network these say nothing about the chat: the client could not check us. */
const UNSAID = new Set<HostFault>(['unknown', 'bad_signature', 'untrusted_domain'])

/** The workbench, a link from a message, a plain browser: a page of its own rather than the wrong chat. */
export const isNoChat = ({ kind, raw }: HostError): boolean =>
  kind === 'outside' || (kind === 'wrong_entry' && raw === 'normal')

/** Whom a reminder's link is about. */
function linkedCustomer(): CustomerId | null {
  const id = CustomerId.safeParse(new URLSearchParams(location.search).get('customer'))
  return id.success ? id.data : null
}
