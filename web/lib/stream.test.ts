import { afterEach, expect, test, vi } from 'vitest'
import { type DraftEvent, writeDraft } from '#shared/drafts.ts'
import { CustomerId } from '#shared/ids.ts'
import { callStream } from './stream.ts'

const input = { customerId: CustomerId.parse('wm/A'), mode: 'draft' as const, text: '能退吗' }
const started = { type: 'started', left: 2 }
const done = { type: 'done', text: '七天内', sources: [] }
const asked: [url: string, init: RequestInit][] = []
afterEach(() => vi.unstubAllGlobals())

/** A server that answers with these pieces of bytes. */
function serve(pieces: Uint8Array[], init?: ResponseInit, breaks = false) {
  vi.stubGlobal('fetch', async (url: string, sent: RequestInit) => {
    asked.push([url, sent])
    const left = [...pieces]
    const body = new ReadableStream<Uint8Array>({
      pull(to) {
        const piece = left.shift()
        if (piece) to.enqueue(piece)
        else if (breaks) to.error(new TypeError('cut'))
        else to.close()
      },
    })
    return new Response(body, init)
  })
}
async function read(signal = new AbortController().signal): Promise<DraftEvent[]> {
  const events: DraftEvent[] = []
  for await (const event of callStream(writeDraft, input, signal)) events.push(event)
  return events
}
const bytes = (...lines: object[]) =>
  new TextEncoder().encode(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))

test('lines are read whole, wherever the bytes are cut', async () => {
  const all = bytes(started, done)
  for (const at of [1, 10, all.length - 8, all.length - 1]) {
    serve([all.slice(0, at), all.slice(at)])
    expect(await read()).toEqual([started, done])
  }
  const [url, sent] = asked.at(-1)!
  expect([url, sent.method, sent.body]).toEqual([
    '/api/customers/wm%2FA/draft',
    'POST',
    '{"mode":"draft","text":"能退吗"}',
  ])
})

test('a refusal is the server’s own, a cut is a lost network, an unknown line is no draft', async () => {
  const refused = { error: { code: 'too_many_requests', message: '用完了', requestId: 'x' } }
  serve([bytes(refused)], { status: 429 })
  await expect(read()).rejects.toMatchObject({ code: 'too_many_requests', message: '用完了' })
  serve([bytes(started)], {}, true)
  await expect(read()).rejects.toMatchObject({ code: 'offline' })
  serve([bytes({ type: 'html', text: '<b>' })])
  await expect(read()).rejects.toMatchObject({ code: 'offline' })
})
