import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import type { CustomerCard } from '#shared/customers.ts'
import type { CardReply, ReplyPart } from '#shared/replies.ts'
import { ageOf, valuesOf, variablesIn } from '#shared/variables.ts'
import { promotionIn } from '#shared/touch-kind.ts'
import { useHost } from '#web/host/host.ts'
import { contentOf, fillParts, missingIn, type FilledPart } from './content.ts'
import { useGuard } from '#web/stores/guard.ts'
import { useSends } from './sends.store.ts'

/** One reply for the customer of one card: what it says, what the rep answered to its prompts (`asked`), what blocks it, where its sending stands, and the ways to go on. */
export function useSender(
  card: MaybeRefOrGetter<CustomerCard>,
  reply: MaybeRefOrGetter<CardReply>,
  asked: MaybeRefOrGetter<Record<string, string>> = {},
) {
  const host = useHost()
  const sends = useSends()
  const guard = useGuard()
  const customerId = computed(() => toValue(card).customer.id)
  const replyId = computed(() => toValue(reply).id)
  const parts = computed<FilledPart[]>(() => fillParts(toValue(reply), valuesOf(toValue(card)), toValue(asked)))
  const missing = computed(() => missingIn(parts.value))
  /** Days since the order that the words are from, where that is long ago. */
  const age = computed(() => {
    const names = parts.value.flatMap((part) =>
      part.type === 'text' ? part.filled.spans.map((span) => span.variable) : [],
    )
    return ageOf(names, toValue(card))
  })
  sends.outboxOf(toValue(card).me.userId) // What an earlier page could not record goes out now.
  const state = computed(() => sends.stateOf(customerId.value, replyId.value))

  /**
   * Hands the reply to the chat, as filled or in the rep's own wording (`edited`: one text per text part, an emptied one is left out).
   * Answers the names that block it; empty when it was taken up. What the guard stops goes out only as an answer to the customer, or `overridden`.
   */
  async function send(edited?: string[], as?: 'answer' | 'overridden'): Promise<string[]> {
    const blocked = edited ? edited.flatMap(variablesIn) : missing.value
    if (blocked.length > 0 || (!as && guarded(edited)?.stops)) return blocked
    const answering = as === 'answer'
    const parcel = {
      customerId: customerId.value,
      replyId: replyId.value,
      parts: wording(parts.value, edited),
      answering,
    }
    await sends.run(host, toValue(card).me.userId, parcel, 0)
    return []
  }

  /** Goes on at the part that was cancelled or failed, with the words it started with. */
  async function resume(): Promise<void> {
    const stopped = state.value
    const parcel = sends.parcelOf(customerId.value, replyId.value)
    if (parcel && stopped && 'part' in stopped) await sends.run(host, toValue(card).me.userId, parcel, stopped.part)
  }

  /** What the contact guard says of these words: undefined where they sell nothing, or are welcome. */
  function guarded(edited?: string[]): { word: string; why: string; stops: boolean; content: string } | undefined {
    const verdict = guard.of(customerId.value)
    if (!verdict) return undefined
    const content = wording(parts.value, edited).map(contentOf).join('\n')
    const word = promotionIn(content)
    return word === null ? undefined : { word, why: verdict.why, stops: verdict.verdict === 'block', content }
  }

  const forget = () => sends.forget(customerId.value, replyId.value)
  return { parts, missing, age, state, busy: computed(() => sends.busy), send, resume, forget, guarded }
}

function wording(parts: FilledPart[], edited: string[] | undefined): ReplyPart[] {
  let nth = 0
  return parts.flatMap((part): ReplyPart[] => {
    if (part.type !== 'text') return [part]
    const text = edited?.[nth++] ?? part.filled.text
    return text.trim() === '' ? [] : [{ type: 'text', text }]
  })
}
