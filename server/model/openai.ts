import * as z from 'zod/mini'
import { type Ask, type Model, ModelError } from './port.ts'
import { eventsOf } from './sse.ts'

export interface Endpoint {
  /** Up to and with `/v1`, without a trailing slash. */
  baseUrl: string
  apiKey: string
  model: string
}
interface Ways {
  fetch?: typeof fetch
  /** The longest silence, before the first piece and between two. */
  idleMs?: number
  /** The longest answer. */
  totalMs?: number
}

/** No draft needs more. */
const MOST_TOKENS = 900
const IDLE_MS = 20_000
const TOTAL_MS = 60_000

/** One event of a streamed chat completion, as far as it is read. */
const Chunk = z.object({
  choices: z.optional(
    z.array(
      z.object({
        delta: z.optional(z.object({ content: z.nullish(z.string()) })),
        finish_reason: z.nullish(z.string()),
      }),
    ),
  ),
  error: z.optional(z.unknown()),
})

/** Any endpoint that speaks OpenAI's chat completions (`POST {base}/chat/completions`, `stream: true`). Never retried: a second call would be a second bill. */
export function openAi({ baseUrl, apiKey, model }: Endpoint, ways: Ways = {}): Model {
  const { fetch: request = fetch, idleMs = IDLE_MS, totalMs = TOTAL_MS } = ways

  async function* write({ system, user, signal }: Ask): AsyncGenerator<string> {
    const late = new AbortController()
    const whole = setTimeout(() => late.abort(), totalMs)
    let silence = setTimeout(() => late.abort(), idleMs)
    try {
      const answer = await request(`${baseUrl}/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${apiKey}` },
        body: JSON.stringify({
          model,
          stream: true,
          temperature: 0.3,
          max_tokens: MOST_TOKENS,
          messages: [
            { role: 'system', content: system },
            { role: 'user', content: user },
          ],
        }),
        redirect: 'error', // the key is for this host alone
        signal: AbortSignal.any([signal, late.signal]),
      })
      if (!answer.ok) {
        await answer.body?.cancel()
        throw refused(answer.status)
      }
      if (!answer.body) throw new ModelError('garbled', 'no body')
      let ended = false
      for await (const event of eventsOf(answer.body)) {
        clearTimeout(silence)
        silence = setTimeout(() => late.abort(), idleMs)
        if (event === '[DONE]') {
          ended = true
          break
        }
        const { text, finish } = read(event)
        if (text !== '') yield text
        if (finish === 'content_filter') throw new ModelError('refused', 'content filter')
        if (finish === 'length') throw new ModelError('cut', 'too long')
        ended ||= finish !== null
      }
      if (!ended) throw new ModelError('cut', 'ended without its end')
    } catch (error) {
      if (signal.aborted || error instanceof ModelError) throw error
      // fetch's own error may carry the address or a header: only what happened is let through.
      throw late.signal.aborted ? new ModelError('timeout', 'silent') : new ModelError('unreachable', 'no connection')
    } finally {
      clearTimeout(whole)
      clearTimeout(silence)
    }
  }
  return { kind: 'endpoint', write }
}

/** By status alone: what an endpoint says of its refusal may repeat the prompt. */
function refused(status: number): ModelError {
  const detail = `HTTP ${status}`
  if (status === 429) return new ModelError('busy', detail)
  return new ModelError(status >= 500 ? 'failed' : 'refused', detail)
}

function read(event: string): { text: string; finish: string | null } {
  const chunk = Chunk.safeParse(parse(event))
  if (!chunk.success) throw new ModelError('garbled', 'not a chunk')
  if (chunk.data.error) throw new ModelError('failed', 'error in the stream')
  const [choice] = chunk.data.choices ?? []
  return { text: choice?.delta?.content ?? '', finish: choice?.finish_reason ?? null }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // reported as garbled
  }
}
