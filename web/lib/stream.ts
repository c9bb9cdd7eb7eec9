import type { Endpoint, Input, Output } from '#shared/endpoint.ts'
import { addressed, ApiError, errorOf, readAnswer } from './api.ts'

/**
 * A contract whose answer comes line by line, each as soon as it is there. Throws ApiError before the first where it is refused, `offline` where the way to the server
 * is lost midway, or the abort of `signal`, which the server hears of.
 */
export async function* callStream<E extends Endpoint>(
  e: E,
  input: Input<E>,
  signal: AbortSignal,
): AsyncGenerator<Output<E>> {
  const { url, rest } = addressed(e, input)
  try {
    const answer = await fetch(url, {
      method: e.method.toUpperCase(),
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(rest),
      signal,
    })
    if (!answer.ok) throw errorOf(await answer.json().catch(() => null))
    const reader = answer.body!.getReader()
    const decoder = new TextDecoder()
    let waiting = ''
    for (;;) {
      const { done, value } = await reader.read()
      waiting += decoder.decode(value, { stream: !done })
      const lines = waiting.split('\n')
      waiting = lines.pop() ?? ''
      for (const line of lines) yield readAnswer(e, JSON.parse(line))
      if (done) return
    }
  } catch (error) {
    if (signal.aborted || error instanceof ApiError) throw error
    throw new ApiError('offline', String(error))
  }
}
