import { useQueryCache } from '@pinia/colada'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Act, ActInput, ActOutput, Queued } from './queue-work.ts'
import { uuid } from '#web/lib/uuid.ts'

const AGAIN_MS = 10_000
const load = () => import('./queue-work.ts')

/**
 * Writes of this member that the server does not have yet. Each is kept before it is sent and forgotten once it is answered, so that neither
 * a dead network nor a killed page loses it, and its key makes it happen once. They go out in the order they were made.
 */
export const useQueue = defineStore('queue', () => {
  const items = shallowRef<Queued[]>([])
  const cache = useQueryCache()
  let member = ''
  let turn: Promise<unknown> = Promise.resolve()
  let timer: ReturnType<typeof setTimeout> | undefined

  const waiting = computed(() => items.value.filter((item) => item.why === null))
  const refused = computed(() => items.value.filter((item) => item.why !== null))

  /** Takes up what an earlier page left behind. Called once the card is painted: it loads code. */
  async function wake(who: string): Promise<void> {
    if (member === who) return
    member = who
    const { kept } = await load()
    const mine = (await kept.all()).map(([, item]) => item).filter((item) => item.member === who)
    const here = new Set(items.value.map((item) => item.key))
    items.value = [...mine.filter((item) => !here.has(item.key)), ...items.value].sort((a, b) => a.at - b.at)
    window.addEventListener('online', () => void flush())
    if (items.value.length > 0) void flush()
  }

  /**
   * Does it now if the network allows. `queued`: it waits, and is done later. Throws what the server refused; nothing is kept then.
   */
  async function submit<A extends Act>(
    who: string,
    act: A,
    input: ActInput<A>,
    about: Queued['about'],
    label: string,
  ): Promise<{ queued: false; answer: ActOutput<A> } | { queued: true }> {
    void wake(who)
    // As it will travel: what a page makes reactive cannot be kept.
    const plain = JSON.parse(JSON.stringify({ input, about })) as { input: ActInput<A>; about: Queued['about'] }
    const item: Queued & { act: A } = { key: uuid(), member: who, act, ...plain, label, at: Date.now(), why: null }
    const { kept, perform, isAway } = await load()
    await kept.set(item.key, item)
    const done = turn.then(async () => {
      if (waiting.value.length > 0) throw Later
      return await perform(item)
    })
    turn = done.catch(() => undefined)
    try {
      const answer = await done
      await kept.drop(item.key)
      return { queued: false, answer }
    } catch (error) {
      if (error !== Later && !isAway(error)) {
        await kept.drop(item.key)
        throw error
      }
      items.value = [...items.value, item]
      if (error === Later && navigator.onLine) void flush()
      else again()
      return { queued: true }
    }
  }

  function again(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), AGAIN_MS)
  }

  /** Sends what waits, oldest first; stops where the network does. */
  function flush(): Promise<void> {
    const run = turn.then(async () => {
      const { kept, perform, isAway } = await load()
      for (const item of waiting.value) {
        try {
          await perform(item)
          await forget(item.key)
          void cache.invalidateQueries({ key: ['customers', item.about.id] })
        } catch (error) {
          if (isAway(error)) return again()
          const why = error instanceof Error ? error.message : ''
          items.value = items.value.map((one) => (one.key === item.key ? { ...one, why } : one))
          await kept.set(item.key, { ...item, why })
        }
      }
    })
    turn = run.catch(() => undefined)
    return run
  }

  async function forget(key: string): Promise<void> {
    items.value = items.value.filter((item) => item.key !== key)
    await (await load()).kept.drop(key)
  }

  /** Tries one that was refused again. */
  async function retry(key: string): Promise<void> {
    items.value = items.value.map((item) => (item.key === key ? { ...item, why: null } : item))
    await flush()
  }

  /** At sign-out: nothing stays on the device. */
  async function clear(): Promise<void> {
    clearTimeout(timer)
    for (const item of items.value) await forget(item.key)
  }

  return { items, waiting, refused, wake, submit, flush, forget, retry, clear }
})

const Later = new Error('earlier writes come first')
