import type { Hono } from 'hono'
import { z } from 'zod'
import type { CallbackMode } from '../callbacks.ts'
import { isApi, type ServerApi } from '../server-api.ts'
import { randomId } from '../world.ts'
import { BadInput, readInput } from './input.ts'

const faultShape = z.strictObject({
  path: z.string().default('*'),
  errcode: z.int().optional(),
  status: z.int().min(400).max(599).optional(),
  latencyMs: z.number().min(0).max(600_000).optional(),
  reset: z.boolean().optional(),
  malformed: z.boolean().optional(),
  times: z.int().min(1).optional(),
})
const conductShape = z.strictObject({
  busyRate: z.number().min(0).max(1).optional(),
  concurrency: z.int().min(1).optional(),
  httpsOnly: z.boolean().optional(),
  sameToken: z.boolean().optional(),
  foreignTagCode: z.literal([60011, 81011]).optional(),
})
const ipShape = z.object({ trusted: z.boolean(), afterSeconds: z.number().min(0).default(60) })
const secretShape = z.object({ secret: z.string().min(1).optional() })
const quotaShape = z.object({ path: z.string(), perMinute: z.int().min(0) })

const known = (path: string): string => {
  if (path === '*' || isApi(path)) return path
  throw new BadInput(`没有接口 ${path}`)
}
const given = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }

/** What goes wrong, on demand, and what the app has asked so far. */
export function mountFaults(app: Hono, sim: ServerApi, callbacks: CallbackMode): void {
  const { faults, world, limits } = sim
  const done = { ok: true }

  app.get('/faults', (c) => {
    const { trustedFrom, unavailable, customerApi, busyRate, concurrency, httpsOnly, sameToken, foreignTagCode } =
      faults
    const trustedIp = faults.trustedIp && world.now() >= trustedFrom
    const perMinute = Object.fromEntries(faults.perMinute)
    const conduct = { busyRate, concurrency, httpsOnly, sameToken, foreignTagCode }
    return c.json({ faults: faults.list(), trustedIp, unavailable, customerApi, perMinute, ...conduct, callbacks })
  })
  app.post('/faults', async (c) => {
    const { path, ...fault } = await readInput(c, faultShape)
    faults.add({ path: known(path), ...given(fault) })
    return c.json(done)
  })
  app.delete('/faults', (c) => {
    faults.clear()
    limits.reset()
    return c.json(done)
  })
  app.post('/conduct', async (c) => {
    Object.assign(faults, given(await readInput(c, conductShape)))
    return c.json(done)
  })
  app.post('/unavailable', async (c) => {
    faults.unavailable = (await readInput(c, z.object({ on: z.boolean() }))).on
    return c.json(done)
  })
  app.post('/permission', async (c) => {
    faults.customerApi = (await readInput(c, z.object({ customerApi: z.boolean() }))).customerApi
    return c.json(done)
  })
  app.post('/quota', async (c) => {
    const { path, perMinute } = await readInput(c, quotaShape)
    faults.perMinute.set(known(path), perMinute)
    limits.reset()
    return c.json(done)
  })
  // An address just added counts after about a minute, as the console says.
  app.post('/ip', async (c) => {
    const { trusted, afterSeconds } = await readInput(c, ipShape)
    if (trusted && !faults.trustedIp) faults.trustedFrom = world.now() + afterSeconds
    faults.trustedIp = trusted
    return c.json({ ...done, trustedFrom: faults.trustedFrom })
  })
  app.post('/tokens/invalidate', (c) => {
    for (const token of world.tokens.values()) token.dead = true
    world.touched()
    return c.json(done)
  })
  app.post('/secret/reset', async (c) => {
    world.secret = (await readInput(c, secretShape)).secret ?? randomId('SimSecret', 43)
    for (const token of world.tokens.values()) token.dead = true
    world.touched()
    return c.json({ ...done, secret: world.secret })
  })
  app.get('/calls', (c) => c.json(sim.calls.slice(-200)))
  app.delete('/calls', (c) => {
    sim.calls.length = 0
    return c.json(done)
  })
  app.get('/outbox', (c) => {
    const userid = c.req.query('userid')
    return c.json(world.outbox.filter((m) => userid === undefined || m.touser === userid))
  })
}
