import { createSimulator } from '../../simulator/create.ts'
import type { Member, Shop } from '../../simulator/types.ts'
import { type Config, loadConfig } from '../config.ts'
import type { Transport } from '../wecom/transport.ts'
import { shopMember } from './shop.ts'

const PUBLIC_URL = 'http://pangbai.test'
const TOKEN = 'token'
const AES_KEY = 'a'.repeat(43)
/** Nobody answers: the connection is cut, as often as a client may try. */
const NO_ANSWER = -1000
const TRIES = 3

/** The pretend WeCom inside this process, and the settings and transport with which the real client reaches it. */
export function createPretend(shop: Shop, clock: () => Date) {
  let receiver: (request: Request) => Response | Promise<Response> = () => new Response(null, { status: 502 })
  const callbackFetch = ((input: string | URL, init?: RequestInit) =>
    Promise.resolve(receiver(new Request(input, init)))) as typeof fetch
  const sim = createSimulator({ shop, publicUrl: PUBLIC_URL, clock, callbackFetch, callbackRetryMs: 1 })
  const { corpId, agentId, secret } = sim.world
  const config: Config = loadConfig({
    PUBLIC_URL,
    SESSION_SECRET: 'a-session-secret-of-at-least-thirty-two-characters',
    WECOM_API_BASE: 'http://wecom.test',
    WECOM_CORP_ID: corpId,
    WECOM_AGENT_ID: String(agentId),
    WECOM_SECRET: secret,
    WECOM_CALLBACK_TOKEN: TOKEN,
    WECOM_CALLBACK_AES_KEY: AES_KEY,
  })
  // Without Request and Response, axios hands over address and options instead of objects of its own.
  const env = { fetch: inProcess(sim.fetch), Request: null, Response: null } as unknown as NonNullable<Transport['env']>
  const transport: Transport = { adapter: 'fetch', env }
  const member = (userid: string): Member | undefined => sim.world.shop.members.find((m) => m.userid === userid)
  return {
    config,
    transport,
    shop: sim.world.shop,
    /** Changes made by people in WeCom, each with its callback. */
    acts: sim.acts,
    callbacks: sim.callbacks,
    /** Callbacks go to this app from now on. */
    deliverTo: (path: string, answer: typeof receiver) => {
      receiver = answer
      sim.setCallback({ url: `${PUBLIC_URL}${path}`, token: TOKEN, aesKey: AES_KEY })
    },
    /** Calls that reached WeCom, without those for a token. */
    calls: () => sim.calls.filter((call) => call.path !== '/cgi-bin/gettoken'),
    hire: (userid: string) => void (member(userid) ?? sim.world.shop.members.push(shopMember(userid))),
    /** The next `times` calls of an API (`*`: of any) get this errcode; -1000 cuts the connection until the client gives up. */
    fail: (api: string, errcode: number, times = errcode === NO_ANSWER || errcode === -1 ? TRIES : 1) =>
      sim.faults.add({
        path: api === '*' ? '*' : `/cgi-bin/${api}`,
        times,
        ...(errcode === NO_ANSWER ? { reset: true } : { errcode }),
      }),
    /** Every call takes this long from now on, in milliseconds; 0 ends that and every other fault. */
    slow: (latencyMs: number) => (latencyMs > 0 ? sim.faults.add({ path: '*', latencyMs }) : sim.faults.clear()),
  }
}

/** A form names its own boundary: the content type that axios guessed for it is left out. */
function inProcess(fetchInside: typeof fetch): typeof fetch {
  return (input, init) => {
    const headers = new Headers(init?.headers)
    if (init?.body instanceof FormData) headers.delete('content-type')
    return fetchInside(input, { ...init, headers })
  }
}
