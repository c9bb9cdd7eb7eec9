import { expect, test } from 'vitest'
import { eventsOf } from './sse.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
async function read(chunks: Uint8Array[]): Promise<string[]> {
  async function* feed() {
    yield* chunks
  }
  const events: string[] = []
  for await (const event of eventsOf(feed())) events.push(event)
  return events
}

const STREAM = ': hello\r\n\r\ndata: {"a":"七天"}\r\n\r\nevent: x\ndata:two\ndata: lines\n\nid: 1\n\ndata: [DONE]\n\n'

test('events are the same however the bytes are cut, in the middle of a line, a character or a CRLF', async () => {
  const whole = bytes(STREAM)
  const wanted = ['{"a":"七天"}', 'two\nlines', '[DONE]']
  expect(await read([whole])).toEqual(wanted)
  for (let at = 1; at < whole.length; at++)
    expect([at, await read([whole.slice(0, at), whole.slice(at)])]).toEqual([at, wanted])
  expect(await read([...whole].map((byte) => Uint8Array.of(byte)))).toEqual(wanted)
})

test('a last event without its blank line still counts; a stream of nothing has none', async () => {
  expect(await read([bytes('data: a\n\ndata: [DONE]')])).toEqual(['a', '[DONE]'])
  expect(await read([])).toEqual([])
  expect(await read([bytes('\n\n: only a comment\n\n')])).toEqual([])
})
