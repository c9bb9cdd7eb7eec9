import type { DraftEvent, writeDraft } from '#shared/drafts.ts'
import type { Input } from '#shared/endpoint.ts'

/** A server that streams what a test tells it to, when it is told. Stands in for `callStream`. */
export function streamOf() {
  const asked: Input<typeof writeDraft>[] = []
  let events: DraftEvent[] = []
  let wake: () => void = () => undefined
  let over = false
  const state = { signal: undefined as AbortSignal | undefined }

  async function* callStream(
    _: unknown,
    input: Input<typeof writeDraft>,
    signal: AbortSignal,
  ): AsyncGenerator<DraftEvent> {
    asked.push(input)
    state.signal = signal
    signal.addEventListener('abort', () => wake())
    for (;;) {
      while (events.length > 0) yield events.shift()!
      if (signal.aborted) throw new DOMException('aborted', 'AbortError')
      if (over) return void (over = false)
      await new Promise<void>((done) => (wake = done))
    }
  }
  /** These come now; the last of a draft ends it. */
  function tell(...more: DraftEvent[]): void {
    events = [...events, ...more]
    over = more.some(({ type }) => ['done', 'withheld', 'failed'].includes(type))
    wake()
  }
  return { asked, callStream, tell, state }
}
