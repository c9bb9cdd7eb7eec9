import { describe, expect, test } from 'vitest'
import { createLog } from '../log.ts'
import { openAi } from './openai.ts'
import { ModelError } from './port.ts'

const KEY = 'sk-canary-0123456789'
const chunk = (content: string, finish: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ delta: { content }, finish_reason: finish }] })}\n\n`
const DONE = 'data: [DONE]\n\n'

type Answer = (request: { url: string; init: RequestInit }) => Response | Promise<Response>
const asked: { url: string; init: RequestInit }[] = []

function endpoint(answer: Answer, ways: { idleMs?: number; totalMs?: number } = {}) {
  const fake = (async (url: string, init: RequestInit) => {
    asked.push({ url, init })
    return await answer({ url, init })
  }) as unknown as typeof fetch
  return openAi({ baseUrl: 'https://model.test/v1', apiKey: KEY, model: 'm-1' }, { fetch: fake, ...ways })
}

async function read(model: ReturnType<typeof openAi>, signal = new AbortController().signal): Promise<string> {
  let said = ''
  for await (const piece of model.write({ system: 'S', user: 'U', signal })) said += piece
  return said
}
const failure = async (work: Promise<unknown>): Promise<ModelError> => {
  const error: unknown = await work.then(
    () => 'no failure',
    (reason: unknown) => reason,
  )
  if (!(error instanceof ModelError)) throw new Error(`not a ModelError: ${String(error)}`)
  return error
}

/** A body that gives these and then stays open; its `gone` says whether the reader left. */
function open(first: string[], init: RequestInit) {
  const state = { gone: false }
  const body = new ReadableStream<Uint8Array>({
    start(to) {
      for (const text of first) to.enqueue(new TextEncoder().encode(text))
      init.signal?.addEventListener('abort', () => {
        state.gone = true
        to.error(new DOMException('aborted', 'AbortError'))
      })
    },
    cancel: () => void (state.gone = true),
  })
  return { response: new Response(body), state }
}

describe('a chat completions endpoint', () => {
  test('is asked once, streamed, with the key in its header alone', async () => {
    const model = endpoint(
      () => new Response([chunk(''), chunk('七天'), chunk('内可退'), chunk('', 'stop'), DONE].join('')),
    )
    expect(await read(model)).toBe('七天内可退')
    const { url, init } = asked.at(-1)!
    expect(url).toBe('https://model.test/v1/chat/completions')
    expect(init.headers).toMatchObject({ authorization: `Bearer ${KEY}` })
    expect(init.redirect).toBe('error')
    expect(JSON.parse(String(init.body))).toMatchObject({
      model: 'm-1',
      stream: true,
      messages: [
        { role: 'system', content: 'S' },
        { role: 'user', content: 'U' },
      ],
    })
    expect(String(init.body) + url).not.toContain(KEY)
  })

  test('may leave out [DONE] where it says that it stopped, and usage where it likes', async () => {
    const usage = 'data: {"choices":[],"usage":{"total_tokens":5}}\n\n'
    expect(await read(endpoint(() => new Response(chunk('好') + chunk('', 'stop') + usage)))).toBe('好')
  })

  test.for<[string, Answer, string]>([
    ['429', () => new Response('slow down', { status: 429 }), 'busy'],
    ['500', () => new Response('<html>', { status: 500 }), 'failed'],
    ['401 that repeats the key', () => new Response(`bad key ${KEY}`, { status: 401 }), 'refused'],
    ['a page', () => new Response('<!doctype html><p>login'), 'cut'],
    ['JSON that is no chunk', () => new Response('data: {"choices": 5}\n\n'), 'garbled'],
    ['no JSON', () => new Response('data: {"choices": [{\n\n'), 'garbled'],
    ['an error midway', () => new Response(`${chunk('七')}data: {"error":{"message":"overloaded"}}\n\n`), 'failed'],
    ['an end in the middle', () => new Response(chunk('七天')), 'cut'],
    ['too long', () => new Response(chunk('七天', 'length')), 'cut'],
    ['its filter', () => new Response(chunk('', 'content_filter')), 'refused'],
    ['nobody', () => Promise.reject(new TypeError(`fetch failed ${KEY}`)), 'unreachable'],
  ])('fails with a word for it: %s', async ([, answer, reason]) => {
    const error = await failure(read(endpoint(answer)))
    expect(error.reason).toBe(reason)
    const lines: string[] = []
    createLog('trace', { write: (line) => lines.push(line) }).error({ err: error }, 'model')
    expect(lines.join('') + String(error.stack)).not.toContain(KEY)
  })

  test('that falls silent is left after its time', async () => {
    let state = { gone: false }
    const model = endpoint(
      ({ init }) => {
        const opened = open([chunk('七')], init)
        state = opened.state
        return opened.response
      },
      { idleMs: 30 },
    )
    expect((await failure(read(model))).reason).toBe('timeout')
    expect(state.gone).toBe(true)
  })

  test('that trickles for ever is left after the longest answer', async () => {
    const model = endpoint(
      ({ init }) =>
        new Response(
          new ReadableStream({
            async pull(to) {
              if (init.signal?.aborted) return to.error(new DOMException('aborted', 'AbortError'))
              await new Promise((done) => setTimeout(done, 5))
              to.enqueue(new TextEncoder().encode(chunk('七')))
            },
          }),
        ),
      { idleMs: 1_000, totalMs: 60 },
    )
    expect((await failure(read(model))).reason).toBe('timeout')
  })

  test('hears at once that nobody waits any longer', async () => {
    let state = { gone: false }
    const leaving = new AbortController()
    const model = endpoint(({ init }) => {
      const opened = open([chunk('七')], init)
      state = opened.state
      return opened.response
    })
    const reading = read(model, leaving.signal)
    setTimeout(() => leaving.abort(), 10)
    await expect(reading).rejects.toThrow()
    expect(state.gone).toBe(true)
  })
})
