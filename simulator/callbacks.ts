import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { encrypt, signatureOf } from './crypto.ts'
import { type EventFields, eventXml } from './event-xml.ts'
import type { World } from './world.ts'

export interface Receiver {
  url: string
  token: string
  aesKey: string
}

/** How unreliable deliveries are. `duplicate` and `drop` are shares (0–1). */
export interface CallbackMode {
  duplicate: number
  drop: number
  /** Events close together arrive in another order. */
  shuffle: boolean
  delayMs: number
  /** Encrypted for another corp: a receiver that checks refuses it. */
  wrongReceiver: boolean
}

export interface Delivery {
  at: number
  event: string
  xml: string
  attempts: number
  outcome: 'delivered' | 'dropped' | 'failed'
  status: number | null
}

export interface CallbackOptions {
  /** Pause before an event is sent again, ms. */
  retryMs: number
  /** How long an answer may take, ms. */
  patienceMs: number
  fetch?: typeof fetch
}

const ATTEMPTS = 4
const CHECK_MS = 1_000
const SHUFFLE_MS = 50
const KEPT = 1_000

/** Sends events as WeCom does: signed, encrypted, up to four deliveries, five seconds each, then forgotten. */
export function createCallbacks(world: World, options: CallbackOptions) {
  const send = options.fetch ?? fetch
  const mode: CallbackMode = { duplicate: 0, drop: 0, shuffle: false, delayMs: 0, wrongReceiver: false }
  const log: Delivery[] = []
  const underway = new Set<Promise<void>>()
  const held: (() => void)[] = []
  const stopped = new AbortController()
  let receiver: Receiver | undefined

  function address(to: Receiver, encrypted: string, extra: Record<string, string> = {}): string {
    const [timestamp, nonce] = [String(world.now()), String(randomInt(1e9))]
    const signature = signatureOf(to.token, timestamp, nonce, encrypted)
    const url = new URL(to.url)
    for (const [name, value] of Object.entries({ msg_signature: signature, timestamp, nonce, ...extra }))
      url.searchParams.set(name, value)
    return url.href
  }

  /** The check made when the administrator saves the address: the plain text must come back byte for byte within a second. */
  async function verifyUrl(to: Receiver): Promise<boolean> {
    const plain = String(randomInt(1e12))
    const echostr = encrypt(to.aesKey, plain, world.corpId)
    try {
      const answer = await send(address(to, echostr, { echostr }), { signal: AbortSignal.timeout(CHECK_MS) })
      return answer.ok && Buffer.from(await answer.arrayBuffer()).equals(Buffer.from(plain))
    } catch {
      return false // no answer in time: the console refuses to save
    }
  }

  async function attempt(delivery: Delivery, to: Receiver, body: string, encrypted: string): Promise<void> {
    delivery.attempts += 1
    try {
      const answer = await send(address(to, encrypted), {
        method: 'POST',
        body,
        headers: { 'content-type': 'text/xml' },
        signal: AbortSignal.any([stopped.signal, AbortSignal.timeout(options.patienceMs)]),
      })
      delivery.status = answer.status
      if (answer.ok) delivery.outcome = 'delivered'
    } catch {
      delivery.status = null // no answer: the platform tries again
    }
  }

  async function deliver(delivery: Delivery, to: Receiver): Promise<void> {
    if (mode.delayMs > 0) await wait(mode.delayMs)
    if (mode.shuffle) await turn()
    const encrypted = encrypt(to.aesKey, delivery.xml, mode.wrongReceiver ? 'wwothercorp' : world.corpId)
    const body = `<xml><ToUserName><![CDATA[${world.corpId}]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt><AgentID><![CDATA[${world.agentId}]]></AgentID></xml>`
    while (!stopped.signal.aborted) {
      await attempt(delivery, to, body, encrypted)
      if (delivery.outcome === 'delivered' || delivery.attempts >= ATTEMPTS) return
      await wait(options.retryMs)
    }
  }

  /** Waits, or returns at once when everything ends. */
  const wait = (ms: number) => pause(ms, undefined, { signal: stopped.signal }).catch(() => undefined)

  /** Events of the same moment are held together and let go last first. */
  async function turn(): Promise<void> {
    if (held.length === 0)
      void wait(SHUFFLE_MS).then(() => {
        for (const go of held.splice(0).toReversed()) go()
      })
    await new Promise<void>((go) => held.push(go))
  }

  /** Raises one event. Nothing happens without a receiver. */
  function raise(event: string, fields: EventFields): void {
    const xml = eventXml({ corpId: world.corpId, event, now: world.now() }, fields)
    const copies = 1 + Number(Math.random() < mode.duplicate)
    for (let n = 0; n < copies; n++) {
      const name = `${event}.${fields['ChangeType'] ?? ''}`
      const delivery: Delivery = { at: world.now(), event: name, xml, attempts: 0, outcome: 'failed', status: null }
      log.push(delivery)
      if (log.length > KEPT) log.splice(0, KEPT / 5)
      if (!receiver || Math.random() < mode.drop) {
        delivery.outcome = 'dropped'
        continue
      }
      const flight = deliver(delivery, receiver).finally(() => underway.delete(flight))
      underway.add(flight)
    }
  }

  return {
    mode,
    log,
    raise,
    verifyUrl,
    setReceiver: (next: Receiver | undefined) => {
      receiver = next
    },
    /** Resolves when nothing is under way. */
    settled: async () => {
      while (underway.size > 0) await Promise.all(underway)
    },
    /** Nothing is sent any more, however late it was due. */
    stop: () => stopped.abort(),
  }
}
export type Callbacks = ReturnType<typeof createCallbacks>
