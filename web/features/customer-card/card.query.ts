import { defineQueryOptions, useQueryCache } from '@pinia/colada'
import { type CustomerCard, getCustomerCard } from '#shared/customers.ts'
import type { CustomerId } from '#shared/ids.ts'
import type { Begun, Boot } from '#web/host/boot.ts'
import { ApiError, call, errorOf, readAnswer } from '#web/lib/api.ts'
import { forgetCard, keepCard, readCard } from '#web/lib/cache.ts'

export const cardKey = (id: CustomerId) => ['customers', id, 'card']

/** The card as the page's inline script asked for it, once and only for the same customer; undefined to ask ourselves. */
async function early(begun: Begun | undefined, id: CustomerId): Promise<CustomerCard | undefined> {
  const answer = await begun?.card
  if (answer?.customerId !== id) return undefined
  if (answer.status === 200) return readAnswer(getCustomerCard, answer.body)
  throw errorOf(answer.body)
}

/** What the first frame shows: the inline script's answer where it is already here, else what this member saw last. */
function atHand(begun: Begun | undefined, boot: Boot, id: CustomerId): CustomerCard | undefined {
  const answer = begun?.answer
  if (answer?.customerId === id && answer.status === 200) return readAnswer(getCustomerCard, answer.body)
  return readCard(boot.me.userId, id)
}

/**
 * Everything the first screen shows. What this member saw last is shown at once (`dataUpdatedAt` 0) while the fresh card is under way;
 * every fresh card is kept for next time, and a customer that is no longer ours is forgotten.
 */
export const cardQuery = defineQueryOptions(
  ({ id, boot, begun }: { id: CustomerId; boot: Boot; begun: Begun | undefined }) => ({
    key: cardKey(id),
    initialData: () => atHand(begun, boot, id),
    initialDataUpdatedAt: 0,
    staleTime: 60_000,
    query: async ({ signal }): Promise<CustomerCard> => {
      try {
        const card = (await takeEarly(begun, id)) ?? (await call(getCustomerCard, { customerId: id }, signal))
        keepCard(boot.me.userId, card)
        return card
      } catch (error) {
        if (error instanceof ApiError && error.code === 'not_found') forgetCard(boot.me.userId, id)
        throw error
      }
    },
  }),
)

const taken = new WeakSet<Begun>()
function takeEarly(begun: Begun | undefined, id: CustomerId): Promise<CustomerCard | undefined> {
  if (!begun || taken.has(begun)) return Promise.resolve(undefined)
  taken.add(begun)
  return early(begun, id)
}

/** Changes one customer's card where it is shown: for optimistic writes, their answers and their undoing. */
export function usePatchCard() {
  const cache = useQueryCache()
  return (id: CustomerId, change: (card: CustomerCard) => CustomerCard): void => {
    const card = cache.getQueryData<CustomerCard>(cardKey(id))
    if (!card) return
    const changed = change(card)
    cache.setQueryData(cardKey(id), changed)
    keepCard(changed.me.userId, changed)
  }
}
