import { setTimeout as pause } from 'node:timers/promises'
import type { Ask, Model } from '#server/model/port.ts'

/** A model that says what the test tells it to, and remembers what it was asked. */
export function obedient(answer: (ask: Ask) => string) {
  const asked: Ask[] = []
  const model: Model = {
    kind: 'endpoint',
    async *write(ask) {
      asked.push(ask)
      const said = answer(ask)
      for (let at = 0; at < said.length; at += 7) yield said.slice(at, at + 7)
    },
  }
  return { model, asked, last: () => asked.at(-1)! }
}

/** A model that says one sentence and then nothing, until it is told that nobody waits. */
export function silent(first: string) {
  const state = { ended: false }
  const model: Model = {
    kind: 'endpoint',
    async *write({ signal }) {
      try {
        yield first
        await pause(60_000, undefined, { signal })
      } finally {
        state.ended = true
      }
    },
  }
  return { model, state }
}
