import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ErrorBody } from '#shared/errors.ts'
import { castFor } from '#server/testing/access-cast.ts'
import { everyEndpoint, sampleOf } from '#server/testing/access-samples.ts'
import { createWorld, parseAnswer, queryOf, requestOf } from '#server/testing/world.ts'

/* Whatever anybody sends: never a 5xx, and every answer is what its contract says. */
const RUNS = Number(process.env['FUZZ'] ?? 40)

const world = await createWorld()
for (const userId of ['rep-owner', 'rep-foreign', 'rep-ex', 'rep-colleague', 'clerk-owner', 'manager-owner'])
  await world.as(userId)
const { owner } = await castFor(world)

/** The same inputs on every run, so that a failure can be had again; `FUZZ_SEED=$RANDOM` looks for new ones. */
const SEED = { seed: Number(process.env['FUZZ_SEED'] ?? 20_260_105) }

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '\0',
    '\ud800',
    '%00',
    '../..',
    "' or 1=1--",
    '{{',
    '__proto__',
    'canary',
    '１２３',
    '🙂'.repeat(200),
  ),
  fc.string({ minLength: 5_000, maxLength: 5_000 }),
)
const value: fc.Arbitrary<unknown> = fc.oneof(
  text,
  fc.integer(),
  fc.double(),
  fc.constantFrom(null, true, [], {}, [null], [[]], ['\0'], 1e308, -1),
  fc.jsonValue({ maxDepth: 2 }),
)

test.for(everyEndpoint)('$name holds against any input', { timeout: 120_000 }, async ({ name, endpoint }) => {
  const browser = await world.as(endpoint.access === 'public' ? 'rep-owner' : `${endpoint.access}-owner`)
  const sample = sampleOf(name).input(owner)
  const fields = Object.keys(endpoint.input.shape)
  const mutation = fc.dictionary(fields.length > 0 ? fc.constantFrom(...fields) : fc.string(), value, {
    minKeys: 1,
    maxKeys: 3,
  })
  await fc.assert(
    fc.asyncProperty(mutation, fc.boolean(), async (change, fresh) => {
      world.clock.advance(61_000)
      const input = { ...(fresh ? {} : sample), ...change } as Record<string, unknown>
      for (const [field, given] of Object.entries(input))
        if (endpoint.path.includes(`:${field}`))
          input[field] = (typeof given === 'object' ? JSON.stringify(given) : String(given)).toWellFormed()
      const { path, rest } = requestOf(endpoint, input)
      const answer =
        endpoint.method === 'get'
          ? await browser.get(path + queryOf(rest))
          : await browser.send(endpoint.method, path, { body: rest })
      expect([path, JSON.stringify(change).slice(0, 200), answer.status < 500 ? '' : answer.text]).toEqual([
        path,
        JSON.stringify(change).slice(0, 200),
        '',
      ])
      // A path that is no longer this contract's answers for itself.
      if (answer.status === 200 && answer.headers.get('content-type')?.endsWith('json'))
        parseAnswer(endpoint, answer.body)
      else if (answer.status !== 200) ErrorBody.parse(answer.body)
    }),
    { numRuns: RUNS, endOnFailure: true, ...SEED },
  )
})

test.for(['', '{', '[]', 'null', '"x"', '{"__proto__":{"customerId":1}}', '{"a":'.repeat(3_000), '\ufeff{}', '\0'])(
  'a body that is no object of ours is refused: %s',
  async (body) => {
    for (const { endpoint } of everyEndpoint.filter((one) => one.endpoint.method !== 'get')) {
      const browser = await world.as(endpoint.access === 'public' ? 'rep-owner' : `${endpoint.access}-owner`)
      const { path } = requestOf(endpoint, { customerId: 'wm-owned', replyId: crypto.randomUUID(), memberId: 'x' })
      const sent = await world.app.request(`http://pangbai.test${path}`, {
        method: endpoint.method.toUpperCase(),
        headers: { ...browser.headers, origin: 'http://pangbai.test', 'content-type': 'application/json' },
        body,
      })
      expect([path, sent.status < 500]).toEqual([path, true])
    }
  },
)
