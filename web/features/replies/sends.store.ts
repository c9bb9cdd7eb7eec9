import { useQueryCache } from '@pinia/colada'
import { defineStore } from 'pinia'
import { reactive, ref, shallowRef } from 'vue'
import type { CustomerId, ReplyId } from '#shared/ids.ts'
import { promotionIn } from '#shared/touch-kind.ts'
import { prepareMedia, type ReplyPart } from '#shared/replies.ts'
import { HostError, type Host, type OutgoingPart } from '#web/host/host.ts'
import { call } from '#web/lib/api.ts'
import { useToast } from '#web/ui/toast.ts'
import { contentOf } from './content.ts'
import { t } from './messages.ts'
import { openOutbox, type Outbox, type SendRecord } from './outbox.ts'
import { bumpUses } from './replies.query.ts'
import { uuid } from '#web/lib/uuid.ts'

/** One whole answer on its way to one customer. The parts are final: what the customer will read. */
export interface Parcel {
  customerId: CustomerId
  replyId: ReplyId | null
  /** What it is where it is no reply: a draft's words, unless it is told. */
  slot?: 'product'
  parts: ReplyPart[]
  /** The rep says that it answers the customer. */
  answering?: boolean
  /** Of our own accord, whatever its words: a product's card. */
  promoting?: boolean
}

/** Where a parcel stands. `part` counts from 0; everything before it is in the chat. `error` is a HostError, an ApiError or ChatChanged. */
export type SendState =
  | { kind: 'sending' | 'cancelled'; part: number; of: number }
  | { kind: 'failed'; part: number; of: number; error: unknown }
  | { kind: 'sent'; of: number }

/** What of a customer's is under way: a reply, the product's card, or (null) a draft. */
type Slot = ReplyId | 'product' | null

/** The rep moved to another chat while parts were still waiting: they must not land there. */
export class ChatChanged extends Error {}

/** How long a finished row shows its tick; a second tap in that time is the end of a double tap, not another message. */
const TICK_MS = 2_500

export const useSends = defineStore('sends', () => {
  const states = reactive(new Map<string, SendState>())
  const parcels = new Map<string, Parcel>()
  const busy = ref(false)
  /** What just reached a chat, parts `from` up to `to`, until whoever listens has dealt with it. */
  const said = shallowRef<{ parcel: Parcel; from: number; to: number } | null>(null)
  const outboxes = new Map<string, Outbox>()
  const cache = useQueryCache()
  const toast = useToast()

  const keyOf = (customerId: CustomerId, slot: Slot) => `${customerId}/${slot ?? ''}`

  function outboxOf(memberId: string): Outbox {
    let outbox = outboxes.get(memberId)
    if (!outbox) {
      outbox = openOutbox(memberId, (n) => toast.show({ text: t('lost', { n }), tone: 'bad' }), weighed)
      outboxes.set(memberId, outbox)
    }
    return outbox
  }

  /** Another promotion that reached them: the guard has more to say. */
  function weighed({ customerId, outcome, answering, promoting, content }: SendRecord): void {
    if (outcome === 'ok' && !answering && (promoting || promotionIn(content) !== null))
      void cache.invalidateQueries({ key: ['customers', customerId, 'aside'] })
  }

  /** Sends what is left of a parcel, part after part; stops at the first that does not go. */
  async function run(host: Host, memberId: string, parcel: Parcel, from: number): Promise<void> {
    const key = keyOf(parcel.customerId, parcel.replyId ?? parcel.slot ?? null)
    if (busy.value || states.get(key)?.kind === 'sent' || parcel.parts.length === 0) return
    busy.value = true
    parcels.set(key, parcel)
    let part = from
    try {
      for (; part < parcel.parts.length; part++) {
        states.set(key, { kind: 'sending', part, of: parcel.parts.length })
        const stop = await sendPart(host, memberId, parcel, part)
        if (stop) {
          states.set(key, stop)
          return
        }
      }
      finish(key, parcel)
    } finally {
      busy.value = false
      said.value = { parcel, from, to: part }
    }
  }

  async function sendPart(host: Host, memberId: string, parcel: Parcel, at: number): Promise<SendState | null> {
    const part = parcel.parts[at] as ReplyPart
    const of = parcel.parts.length
    const record = (outcome: 'ok' | 'cancelled' | 'failed', reason: string | null) =>
      outboxOf(memberId).add({
        customerId: parcel.customerId,
        key: uuid(),
        replyId: parcel.replyId,
        part: at,
        partType: part.type,
        content: contentOf(part),
        outcome,
        reason,
        ...(parcel.answering && { answering: true }),
        ...(parcel.promoting && { promoting: true }),
      })
    try {
      const outgoing = await toOutgoing(part)
      // A message to the wrong customer is the one mistake that cannot be undone: ask the client, not our own memory.
      if ((await host.currentCustomer()) !== parcel.customerId) throw new ChatChanged('chat_changed')
      await host.send(outgoing)
      record('ok', null)
      return null
    } catch (error) {
      const cancelled = error instanceof HostError && error.kind === 'cancelled'
      record(cancelled || error instanceof ChatChanged ? 'cancelled' : 'failed', reasonOf(error))
      return cancelled ? { kind: 'cancelled', part: at, of } : { kind: 'failed', part: at, of, error }
    }
  }

  function finish(key: string, parcel: Parcel): void {
    states.set(key, { kind: 'sent', of: parcel.parts.length })
    parcels.delete(key)
    if (parcel.replyId) bumpUses(cache, parcel.replyId)
    setTimeout(() => {
      if (states.get(key)?.kind === 'sent') states.delete(key)
    }, TICK_MS)
  }

  /** Forgets a parcel that was stopped, so that the row starts afresh. */
  function forget(customerId: CustomerId, slot: Slot): void {
    const key = keyOf(customerId, slot)
    if (states.get(key)?.kind === 'sending') return
    states.delete(key)
    parcels.delete(key)
  }

  const stateOf = (customerId: CustomerId, slot: Slot) => states.get(keyOf(customerId, slot))
  const parcelOf = (customerId: CustomerId, slot: Slot) => parcels.get(keyOf(customerId, slot))
  return { busy, said, run, forget, stateOf, parcelOf, outboxOf }
})

async function toOutgoing(part: ReplyPart): Promise<OutgoingPart> {
  if (part.type === 'text') return part
  if ('assetId' in part)
    return { type: part.type, mediaId: (await call(prepareMedia, { assetId: part.assetId })).mediaId }
  // WeCom's client fetches the picture itself: a path of ours has to become a whole address.
  return { ...part, imageUrl: part.imageUrl && new URL(part.imageUrl, location.origin).href }
}

const reasonOf = (error: unknown): string =>
  (error instanceof HostError
    ? `${error.kind}: ${error.raw}`
    : error instanceof Error
      ? error.message
      : String(error)
  ).slice(0, 500)
