import { Hono } from 'hono'
import type { Callbacks } from '../callbacks.ts'
import { type Acts, Unknown } from '../in-wecom.ts'
import type { ServerApi } from '../server-api.ts'
import { mountChat } from './chat.ts'
import { mountEvents } from './events.ts'
import { mountFaults } from './faults.ts'
import { BadInput } from './input.ts'

export interface Control {
  sim: ServerApi
  callbacks: Callbacks
  acts: Acts
  reset: () => void
}

/** The control API under `/__sim/api`. What it does not know is 404, what it cannot read 400, both in words. */
export function createControl({ sim, callbacks, acts, reset }: Control): Hono {
  const app = new Hono()
  app.onError((error, c) => {
    if (error instanceof Unknown) return c.json({ error: error.message }, 404)
    if (error instanceof BadInput) return c.json({ error: error.message }, 400)
    throw error
  })
  mountChat(app, sim.world)
  mountFaults(app, sim, callbacks.mode)
  mountEvents(app, acts, callbacks)
  app.post('/reset', (c) => {
    reset()
    return c.json({ ok: true })
  })
  return app
}
