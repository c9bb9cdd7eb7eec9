import { randomInt } from 'node:crypto'
import { encrypt, signatureOf } from './crypto.ts'
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
  shuffle: boolean
  delayMs: number
}

export interface Delivery {
  at: number
  event: string
  xml: string
  attempts: number
  outcome: 'delivered' | 'dropped' | 'failed'
  status: number | null
}

export type XmlFields = Record<string, string | number | undefined>

const ATTEMPTS = 4
const PATIENCE_MS = 5_000
const NUMBERS = new Set(['CreateTime', 'JoinScene', 'QuitScene', 'MemChangeCnt'])

/** The plaintext of an event: CDATA everywhere but in numbers, absent elements left out. */
export function eventXml(fields: XmlFields): string {
  const inner = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) =>
      NUMBERS.has(name) ? `<${name}>${value}</${name}>` : `<${name}><![CDATA[${value}]]></${name}>`,
    )
  return `<xml>${inner.join('')}</xml>`
}

/** Sends events as WeCom does: signed, encrypted, up to four deliveries, five seconds each, then forgotten. */
export function createCallbacks(world: World, options: { retryMs: number; fetch?: typeof fetch }) {
  const send = options.fetch ?? fetch
  const mode: CallbackMode = { duplicate: 0, drop: 0, shuffle: false, delayMs: 0 }
  const log: Delivery[] = []
  const underway = new Set<Promise<void>>()
  let receiver: Receiver | undefined

  function address(to: Receiver, encrypted: string, extra: Record<string, string> = {}): string {
    const [timestamp, nonce] = [String(world.now()), String(randomInt(1e9))]
    const query = new URLSearchParams({
      msg_signature: signatureOf(to.token, timestamp, nonce, encrypted),
      timestamp,
      nonce,
      ...extra,
    })
    return `${to.url}?${query}`
  }

  /** The check made when the administrator saves the address: the plain text must come back byte for byte within a second. */
  async function verifyUrl(to: Receiver): Promise<boolean> {
    const [plain, encrypted] = echo(to)
    const answer = await send(address(to, encrypted, { echostr: encrypted }), { signal: AbortSignal.timeout(1_000) })
    return answer.ok && (await answer.text()) === plain
  }

  function echo(to: Receiver): [string, string] {
    const plain = String(randomInt(1e12))
    return [plain, encrypt(to.aesKey, plain, world.corpId)]
  }

  async function deliver(delivery: Delivery, to: Receiver): Promise<void> {
    await pause(mode.delayMs + (mode.shuffle ? randomInt(200) : 0))
    const encrypted = encrypt(to.aesKey, delivery.xml, world.corpId)
    const body = `<xml><ToUserName><![CDATA[${world.corpId}]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt><AgentID><![CDATA[${world.agentId}]]></AgentID></xml>`
    while (delivery.attempts < ATTEMPTS) {
      delivery.attempts += 1
      try {
        const answer = await send(address(to, encrypted), {
          method: 'POST',
          body,
          headers: { 'content-type': 'text/xml' },
          signal: AbortSignal.timeout(PATIENCE_MS),
        })
        delivery.status = answer.status
        if (answer.ok) {
          delivery.outcome = 'delivered'
          return
        }
      } catch {
        delivery.status = null // no answer: the platform tries again
      }
      await pause(options.retryMs)
    }
  }

  /** Raises one event. Nothing happens without a receiver. */
  function raise(event: string, fields: XmlFields): void {
    const xml = eventXml({
      ToUserName: world.corpId,
      FromUserName: 'sys',
      CreateTime: world.now(),
      MsgType: 'event',
      Event: event,
      ...fields,
    })
    const copies = 1 + Number(Math.random() < mode.duplicate)
    for (let n = 0; n < copies; n++) {
      const delivery: Delivery = {
        at: world.now(),
        event: `${event}.${fields['ChangeType'] ?? ''}`,
        xml,
        attempts: 0,
        outcome: 'failed',
        status: null,
      }
      log.push(delivery)
      if (log.length > 1_000) log.splice(0, 200)
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
  }
}
export type Callbacks = ReturnType<typeof createCallbacks>

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
