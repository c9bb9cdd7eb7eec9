import { PiniaColada, useQueryCache } from '@pinia/colada'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { computed, defineComponent, h, type Component } from 'vue'
import type { CustomerCard } from '#shared/customers.ts'
import type { Endpoint } from '#shared/endpoint.ts'
import type { CustomerId, ReplyId } from '#shared/ids.ts'
import type { Reply } from '#shared/replies.ts'
import { hostKey, type Host, type OutgoingPart } from '#web/host/host.ts'
import { useCurrent } from '#web/stores/current.ts'

/** Until a write has gone through the member's queue, whose code is loaded when it is first needed. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 4; i++) {
    await flushPromises()
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

let made = 0
/** A company reply of one text, changed as asked. */
export const replyWith = (more: Partial<Reply> = {}): Reply => ({
  id: `00000000-0000-4000-8000-${String(made++).padStart(12, '0')}` as ReplyId,
  scope: 'company',
  folderId: null,
  title: '问好',
  parts: [{ type: 'text', text: '您好' }],
  pinyin: 'wen hao',
  initials: 'wh',
  uses: 0,
  teamUses: 0,
  favourite: false,
  lastUsedAt: null,
  validUntil: null,
  ...more,
})

export const cardWith = (more: Partial<CustomerCard> = {}, id = 'wmA'): CustomerCard => ({
  me: { userId: 'rep-a', name: '小陈', storeName: '静安店' },
  customer: { id: id as CustomerId, name: '李静文', type: 1, gender: 2, avatar: '', corpName: null, position: null },
  follow: {
    remark: '',
    salutation: '李姐',
    description: '',
    company: '',
    phones: [],
    addWay: 1,
    state: null,
    addedAt: '2026-01-01T00:00:00Z',
  },
  tags: [],
  summary: null,
  orders: [],
  replies: [],
  tastes: [],
  outbox: [],
  stage: null,
  stages: [],
  task: null,
  note: null,
  returned: null,
  asOf: '2026-01-05T01:00:00Z',
  stale: false,
  version: '1',
  ...more,
})

type Asked = { path: string; input: Record<string, unknown> }
/** A server of functions by path; an unexpected request fails the test by name. Stands in for `call`. */
export function serverOf(answers: Record<string, (input: never) => unknown>) {
  const asked: Asked[] = []
  const call = async (e: Endpoint, input: Record<string, unknown>) => {
    const name = `${e.method} ${e.path}`
    const answer = answers[name]
    if (!answer) throw new Error(`nobody answers ${name}`)
    asked.push({ path: name, input })
    return await answer(input as never)
  }
  return {
    asked,
    call,
    answers,
    to: (name: string) => asked.filter((one) => one.path === name).map((one) => one.input),
  }
}

/** A chat of customer wmA that takes what it is given, or does what `sending` says. */
export function chatOf(sending: (part: OutgoingPart, nth: number) => Promise<void> = async () => undefined) {
  const taken: OutgoingPart[] = []
  let nth = 0
  const host: Host & { customer: CustomerId; taken: OutgoingPart[] } = {
    taken,
    customer: 'wmA' as CustomerId,
    known: null,
    warm: () => undefined,
    openChat: async () => undefined,
    entry: async () => 'single_chat_tools',
    currentCustomer: async () => host.customer,
    send: async (part) => {
      await sending(part, nth++)
      taken.push(part)
    },
  }
  return host
}

/** Mounts a feature as the sidebar does: the card comes from the cache and follows every change of it. */
export function open(what: Component, card: CustomerCard, props: Record<string, unknown> = {}, host: Host = chatOf()) {
  const pinia = createPinia()
  setActivePinia(pinia)
  const key = ['customers', card.customer.id, 'card']
  const Page = defineComponent(() => {
    const cache = useQueryCache()
    cache.setQueryData(key, card)
    useCurrent().customerId = card.customer.id
    const live = computed(() => cache.get<CustomerCard>(key)?.state.value.data ?? card)
    return () => h(what, { card: live.value, ...props })
  })
  const page = mount(Page, {
    attachTo: document.body,
    global: { plugins: [pinia, PiniaColada], provide: { [hostKey as symbol]: host } },
  })
  const shown = () => useQueryCache(pinia).getQueryData<CustomerCard>(key) as CustomerCard
  return { page, view: page.findComponent(what), shown, pinia }
}
