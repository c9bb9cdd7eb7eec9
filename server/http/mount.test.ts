import { gunzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { endpoint } from '#shared/endpoint.ts'
import type { Deps } from '../context.ts'
import { type Env, mount, RawJson } from './mount.ts'

const long = endpoint({
  method: 'get',
  path: '/api/long',
  access: 'public',
  input: z.strictObject({}),
  output: z.object({ words: z.string() }),
})
const app = new Hono<Env>()
let raw = false
const words = '同一句话。'.repeat(500)
mount(app, {} as Deps, long, async () => (raw ? new RawJson(JSON.stringify({ words })) : { words }))

test.each([false, true])(
  'a long answer is packed for a browser that takes it, and only for one (raw: %s)',
  async (asIs) => {
    raw = asIs
    const packed = await app.request('/api/long', { headers: { 'accept-encoding': 'gzip, br' } })
    expect(packed.headers.get('content-encoding')).toBe('gzip')
    expect(JSON.parse(gunzipSync(await packed.arrayBuffer()).toString())).toEqual({ words })
    const plain = await app.request('/api/long', { headers: { 'accept-encoding': 'gzip;q=0, br' } })
    expect([plain.headers.get('content-encoding'), plain.headers.get('vary')]).toEqual([null, 'accept-encoding'])
    expect(await plain.json()).toEqual({ words })
  },
)
