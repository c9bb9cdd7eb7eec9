import { Refusal } from '../refusal.ts'
import { type App, randomId } from '../world.ts'
import type { Api, Call } from './kit.ts'

const LIFE = 7_200

/** gettoken: no token, no trusted-IP gate. The secret decides which app the token speaks for. */
const gettoken: Api = {
  method: 'GET',
  path: '/cgi-bin/gettoken',
  needs: 'nothing',
  answer: ({ world, faults, query }) => {
    const [corpid, secret] = [query.get('corpid'), query.get('corpsecret')]
    if (!secret) throw new Refusal(41004)
    if (!corpid) throw new Refusal(41002)
    if (corpid !== world.corpId) throw new Refusal(40013)
    const app: App | undefined =
      secret === world.secret ? 'agent' : secret === world.contactSyncSecret ? 'contactSync' : undefined
    if (!app) throw new Refusal(40001)
    const [held] = [...world.tokens].filter(([, t]) => t.app === app && !t.dead && t.expiresAt > world.now())
    if (faults.sameToken && held) return { access_token: held[0], expires_in: held[1].expiresAt - world.now() }
    const token = randomId('SimAccessToken', 128)
    world.tokens.set(token, { app, expiresAt: world.now() + LIFE, dead: false })
    world.touched()
    return { access_token: token, expires_in: LIFE }
  },
}

/** A ticket in force is handed out again until its own end. */
function ticket({ world }: Call, kind: 'corp' | 'agent'): Record<string, unknown> {
  const held = world.tickets[kind].filter((t) => t.expiresAt > world.now())
  const current = held.at(-1) ?? { value: randomId(`SimTicket${kind}`, 86), expiresAt: world.now() + LIFE }
  if (held.length === 0) {
    world.tickets[kind] = [current]
    world.touched()
  }
  return { ticket: current.value, expires_in: current.expiresAt - world.now() }
}

const corpTicket: Api = {
  method: 'GET',
  path: '/cgi-bin/get_jsapi_ticket',
  needs: 'agent',
  answer: (call) => ticket(call, 'corp'),
}

const appTicket: Api = {
  method: 'GET',
  path: '/cgi-bin/ticket/get',
  needs: 'agent',
  answer: (call) => {
    if (call.query.get('type') !== 'agent_config') throw new Refusal(40058)
    return ticket(call, 'agent')
  },
}

export const credentialApis: Api[] = [gettoken, corpTicket, appTicket]
