import { createStore, del, entries, get, set, type UseStore } from 'idb-keyval'

/** What must outlive a killed web view: IndexedDB where the client allows it, else memory while the page lives. */
export interface Keep<T> {
  get(key: string): Promise<T | undefined>
  set(key: string, value: T): Promise<void>
  drop(key: string): Promise<void>
  all(): Promise<[string, T][]>
}

export function openKeep<T>(name: string): Keep<T> {
  const memory = new Map<string, T>()
  let store: UseStore | null = typeof indexedDB === 'undefined' ? null : createStore(`pangbai-${name}`, 'keep')

  /** Full, forbidden or damaged: memory has to do from now on. */
  async function attempt<R>(work: (at: UseStore) => Promise<R>, otherwise: () => R): Promise<R> {
    if (!store) return otherwise()
    try {
      return await work(store)
    } catch (error) {
      // A thing that cannot be copied is a mistake of ours, not the client's.
      if (error instanceof Error && error.name === 'DataCloneError') throw error
      store = null
      return otherwise()
    }
  }

  return {
    get: (key) =>
      attempt(
        (at) => get<T>(key, at),
        () => memory.get(key),
      ),
    set: (key, value) =>
      attempt(
        (at) => set(key, value, at),
        () => void memory.set(key, value),
      ),
    drop: (key) =>
      attempt(
        (at) => del(key, at),
        () => void memory.delete(key),
      ),
    all: () =>
      attempt(
        (at) => entries<string, T>(at),
        () => [...memory.entries()],
      ),
  }
}
