import { serve } from '@hono/node-server'
import { afterAll, expect, test } from 'vitest'
import { makeFollowed } from '#server/testing/builders.ts'
import { createWorld } from '#server/testing/world.ts'
import { silent } from '../features/drafts/testing.ts'

/* Over a real socket: what a browser does when it leaves in the middle of a streamed answer. */
const world = await createWorld()
const { deps } = world
const rep = await world.as('rep-a')
const { id } = await makeFollowed(deps, 'rep-a')
const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
  const listening = serve({ fetch: world.app.fetch, port: 0 }, () => resolve(listening))
})
afterAll(() => new Promise((done) => server.close(done)))
const address = server.address()
const port = typeof address === 'object' && address ? address.port : 0

const begin = (signal: AbortSignal) =>
  fetch(`http://127.0.0.1:${port}/api/customers/${id}/draft`, {
    method: 'POST',
    headers: { ...rep.headers, origin: deps.config.publicUrl, 'content-type': 'application/json' },
    body: JSON.stringify({ mode: 'polish', text: '明天发货' }),
    signal,
  })

test('lines arrive while the answer is being made, and a browser that leaves ends the work', async () => {
  const { model, state } = silent('明天发货。[T1]\n')
  deps.model = model
  const leaving = new AbortController()
  const answer = await begin(leaving.signal)
  expect([answer.status, answer.headers.get('x-accel-buffering')]).toEqual([200, 'no'])
  const reader = answer.body!.getReader()
  let text = ''
  while (!text.includes('"sentence"')) text += new TextDecoder().decode((await reader.read()).value)
  expect(state.ended).toBe(false)
  leaving.abort()
  await expect.poll(() => state.ended, { timeout: 5_000 }).toBe(true)
})
