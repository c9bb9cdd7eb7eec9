/** What the model is to do, and the data it may use. `system` is ours alone; whatever others wrote stands in `user`, marked as data. */
export interface Ask {
  system: string
  user: string
  /** Ends the call, and with it the upstream request. */
  signal: AbortSignal
}

/** A language model: text goes in, text comes out piece by piece. It has no tools and sees nothing but the ask. */
export interface Model {
  /** scripted: ours, deterministic, for the demo and tests. */
  kind: 'endpoint' | 'scripted'
  /** Throws ModelError, or the abort of the ask's signal. */
  write(ask: Ask): AsyncIterable<string>
}

export type ModelFailure = 'unreachable' | 'timeout' | 'busy' | 'refused' | 'failed' | 'garbled' | 'cut'

/** Why no whole answer came. Holds nothing of the request, the answer or the key: only what happened. */
export class ModelError extends Error {
  readonly reason: ModelFailure
  constructor(reason: ModelFailure, detail: string) {
    super(`model ${reason}: ${detail}`)
    this.name = 'ModelError'
    this.reason = reason
  }
}
