import type { Deps } from './context.ts'

/** State a feature keeps in the memory of one process (small caches, single flights); never shared between two `Deps`. */
export function perProcess<State>(make: () => State): (deps: Pick<Deps, 'wecom'>) => State {
  const states = new WeakMap<object, State>()
  return ({ wecom }) => {
    const state = states.get(wecom) ?? make()
    states.set(wecom, state)
    return state
  }
}

/** Whoever asks while the same work is under way waits for that work instead of repeating it. */
export function singleFlight<T>(flights: Map<string, Promise<T>>, key: string, work: () => Promise<T>): Promise<T> {
  const flying = flights.get(key)
  if (flying) return flying
  const flight = work().finally(() => flights.delete(key))
  flights.set(key, flight)
  return flight
}

/** How often what is trusted for seconds did, counted for the metrics. */
export const cacheReads = { session: { hits: 0, misses: 0 }, desk: { hits: 0, misses: 0 } }
