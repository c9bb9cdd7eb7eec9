import { Hono } from 'hono'
import { type CallbackMode, createCallbacks, type Receiver } from './callbacks.ts'
import { createControl } from './control/control.ts'
import { readInput } from './control/input.ts'
import { claimShape, verify } from './control/verify.ts'
import { createFaults, type Faults } from './faults.ts'
import { type Acts, createActs } from './in-wecom.ts'
import { createLimits } from './limits.ts'
import { mountOauth } from './oauth.ts'
import { mountServerApi, type RecordedCall, type ServerApi } from './server-api.ts'
import { keepState } from './state-file.ts'
import type { Shop } from './types.ts'
import { createWorld, type World } from './world.ts'

export interface SimulatorOptions {
  shop: Shop
  /** The origin browsers see; its host is the app's trusted domain. */
  publicUrl: string
  corpId?: string
  agentId?: number
  secret?: string
  /** Where events go. Without it nothing is delivered. */
  callback?: Receiver
  /** Keeps the world across restarts. */
  stateFile?: string
  clock?: () => Date
  /** Pause before a callback is sent again, ms. */
  callbackRetryMs?: number
  /** How long a receiver may take, ms. WeCom's five seconds unless a test is in a hurry. */
  callbackPatienceMs?: number
  /** The fetch that delivers callbacks. */
  callbackFetch?: typeof fetch
  log?: (line: string) => void
}

/** What an app must be configured with to talk to this WeCom. */
export interface Settings {
  corpId: string
  agentId: number
  secret: string
  callbackToken: string
  callbackAesKey: string
  apiBase: string
  oauthBase: string
}

export interface SimulatorCore {
  /** Server API, OAuth pages and control API. */
  app: Hono
  /** In-process access for a client's HTTP layer; a cut connection rejects as the network would. */
  fetch: typeof fetch
  world: World
  faults: Faults
  acts: Acts
  calls: RecordedCall[]
  settings: Settings
  callbacks: {
    mode: CallbackMode
    log: readonly { event: string; outcome: string }[]
    settled(): Promise<void>
    verifyUrl(to: Receiver): Promise<boolean>
    stop(): void
  }
  setCallback(receiver: Receiver | undefined): void
  /** Back to the shop it was made with. */
  reset(): void
  flush(): void
}

export const DEMO_CALLBACK = { token: 'SbDemoToken2026', aesKey: 'd2Vjb20tc2lkZWJhci1kZW1vLWFlcy1rZXktMDAwMDE' }

/** The pretend WeCom without a listener: use `app.request` or `fetch`. `start.ts` puts it on a port. */
export function createSimulator(options: SimulatorOptions): SimulatorCore {
  const clock = options.clock ?? (() => new Date())
  const now = () => Math.floor(clock().getTime() / 1000)
  const credentials = {
    corpId: options.corpId ?? 'wwsimcorp0000000001',
    agentId: options.agentId ?? 1_000_002,
    secret: options.secret ?? 'SimSecretOfTheDemoApp-0000000000000000000001',
    contactSyncSecret: 'SimSecretOfContactSync-000000000000000000001',
  }
  const world = createWorld(credentials, options.shop, now)
  const kept = options.stateFile ? keepState(world, options.stateFile, options.shop, options.log) : undefined
  const faults = createFaults()
  const sim: ServerApi = { world, faults, limits: createLimits(faults, now), calls: [] }
  const callbacks = createCallbacks(world, {
    retryMs: options.callbackRetryMs ?? 1_000,
    patienceMs: options.callbackPatienceMs ?? 5_000,
    ...(options.callbackFetch && { fetch: options.callbackFetch }),
  })
  callbacks.setReceiver(options.callback)
  const acts = createActs(world, callbacks)
  const reset = () => {
    world.shop = structuredClone(options.shop)
    world.media.clear()
    world.outbox.length = 0
    world.lingering.clear()
    world.transfers.length = 0
    faults.clear()
    sim.limits.reset()
    world.touched()
  }

  const app = new Hono()
  mountServerApi(app, sim)
  mountOauth(app, world, () => new URL(options.publicUrl).host)
  app.route('/__sim/api', createControl({ sim, callbacks, acts, reset }))
  app.post('/__sim/verify', async (c) => c.json(verify(world, await readInput(c, claimShape))))
  app.onError((error) => {
    throw error
  })

  return {
    app,
    fetch: (async (input: string | URL | Request, init?: RequestInit) =>
      app.request(input instanceof Request ? input : String(input), init)) as typeof fetch,
    world,
    faults,
    acts,
    calls: sim.calls,
    settings: {
      corpId: world.corpId,
      agentId: world.agentId,
      secret: world.secret,
      callbackToken: DEMO_CALLBACK.token,
      callbackAesKey: DEMO_CALLBACK.aesKey,
      apiBase: options.publicUrl,
      oauthBase: `${options.publicUrl}/__sim`,
    },
    callbacks,
    setCallback: callbacks.setReceiver,
    reset,
    flush: () => kept?.flush(),
  }
}
