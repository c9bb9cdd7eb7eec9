import { useQueryCache } from '@pinia/colada'
import { defineStore } from 'pinia'
import { reactive } from 'vue'
import type { CustomerCard } from '#shared/customers.ts'
import type { CustomerId, TagId } from '#shared/ids.ts'
import type { CustomerTag } from '#shared/tags.ts'
import { errorText } from '#web/lib/error-text.ts'
import { useCurrent } from '#web/stores/current.ts'
import { useQueue } from '#web/stores/queue.ts'
import { useToast } from '#web/ui/toast.ts'
import { cardKey, usePatchCard } from '../customer-card/card.query.ts'
import { applied, reverse, type Delta } from './delta.ts'
import { t } from './messages.ts'

type Customer = CustomerCard['customer']
/** What WeCom then has; `did` where that is more than was known before (a tag that got its id). */
interface Saved {
  tags: CustomerTag[]
  /** WeCom has not got it yet. */
  waiting: boolean
  did?: Delta
}
interface Change extends Delta {
  save: () => Promise<Saved>
}
/** `confirmed`: the tags as WeCom last had them; what is shown is that with the waiting changes on top. */
interface Queue {
  confirmed: CustomerTag[]
  waiting: Change[]
  turn: Promise<void>
}

/**
 * Changes of tags, one queue a customer: shown at once, saved one after the other in the order of the taps, each taken back on its own when
 * WeCom refuses. It outlives the sheet, so that closing it or moving to another chat loses nothing.
 */
export const useMarks = defineStore('tag-marks', () => {
  const queues = new Map<CustomerId, Queue>()
  const pending = reactive(new Map<CustomerId, TagId[]>())
  const toast = useToast()
  const writes = useQueue()
  const current = useCurrent()
  const patchCard = usePatchCard()
  const cache = useQueryCache()
  const cardOf = (id: CustomerId) => cache.getQueryData<CustomerCard>(['customers', id, 'card'])

  function show(id: CustomerId, { confirmed, waiting }: Queue): void {
    const ids = waiting
      .flatMap((change) => [...change.add, ...change.remove])
      .flatMap((tag) => (tag.id ? [tag.id] : []))
    pending.set(id, ids)
    patchCard(id, (card) => ({ ...card, tags: waiting.reduce(applied, confirmed) }))
  }

  function enqueue(of: Customer, change: Change): Promise<Saved | null> {
    const queue = queues.get(of.id) ?? { confirmed: cardOf(of.id)?.tags ?? [], waiting: [], turn: Promise.resolve() }
    queues.set(of.id, queue)
    queue.waiting.push(change)
    show(of.id, queue)
    const saved = queue.turn.then(() => settle(of, queue, change))
    queue.turn = saved.then(() => {
      if (queue.waiting.length === 0) queues.delete(of.id)
    })
    return saved
  }

  async function settle(of: Customer, queue: Queue, change: Change): Promise<Saved | null> {
    let saved: Saved | null = null
    try {
      saved = await change.save()
      queue.confirmed = saved.tags
      if (saved.waiting) void cache.invalidateQueries({ key: cardKey(of.id) })
    } catch (error) {
      const why = errorText(error)
      const here = current.customerId === of.id
      toast.show({
        tone: 'bad',
        text: here ? t('refused', { why }) : t('refusedElsewhere', { customer: of.name, why }),
      })
    }
    queue.waiting.shift()
    show(of.id, queue)
    return saved
  }

  /** Without a network it waits in the member's queue, and is shown as done meanwhile. */
  const save = (of: Customer, delta: Delta) => async (): Promise<Saved> => {
    const input = { customerId: of.id, add: idsOf(delta.add), remove: idsOf(delta.remove) }
    const member = cardOf(of.id)?.me.userId ?? ''
    const done = await writes.submit(member, 'markTags', input, of, sentence(delta))
    return done.queued ? { tags: applied(queues.get(of.id)?.confirmed ?? [], delta), waiting: false } : done.answer
  }

  /** Puts a change on the customer; false when it was refused and taken back. Once WeCom has it, it can be undone for five seconds. */
  async function change(of: Customer, delta: Delta, by: Change['save'] = save(of, delta)): Promise<boolean> {
    const saved = await enqueue(of, { ...delta, save: by })
    if (!saved) return false
    const back = reverse(saved.did ?? delta)
    const undo = () => void enqueue(of, { ...back, save: save(of, back) })
    toast.show({ text: sentence(delta), ms: 5_000, action: { label: t('undo'), run: undo } })
    return true
  }

  const isPending = (customerId: CustomerId, tagId: TagId) => pending.get(customerId)?.includes(tagId) ?? false
  return { change, isPending }
})

const idsOf = (tags: CustomerTag[]): TagId[] => tags.flatMap((tag) => (tag.id ? [tag.id] : []))

function sentence({ add, remove }: Delta): string {
  const [added] = add
  return added ? t('added', { name: added.name }) : t('removed', { name: remove.map((tag) => tag.name).join('」「') })
}
