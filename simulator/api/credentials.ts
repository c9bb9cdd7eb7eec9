import { Refusal } from '../refusal.ts'
import { type App, randomId } from '../world.ts'
import type { Api, Call } from './kit.ts'

const LIFE = 7_200

/** gettoken: no token, no trusted-IP gate. The secret decides which app the token speaks for. */
const gettoken: Api = {
  method: 'GET',
  path: '/cgi-bin/gettoken',
  needs: 'nothing',
  answer: ({ world, query }) => {
    const [corpid, secret] = [query.get('corpid'), query.get('corpsecret')]
    if (!secret) throw new Refusal(41004)
    if (!corpid) throw new Refusal(41002)
    if (corpid !== world.corpId) throw new Refusal(40013)
    const app: App | undefined =
      secret === world.secret ? 'agent' : secret === world.contactSyncSecret ? 'contactSync' : undefined
    if (!app) throw new Refusal(40001)
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

const userInfo: Api = {
  method: 'GET',
  path: '/cgi-bin/auth/getuserinfo',
  needs: 'agent',
  answer: ({ world, query }) => {
    const code = world.codes.get(query.get('code') ?? '')
    if (!code) throw new Refusal(40029)
    if (code.used) throw new Refusal(42022)
    if (code.expiresAt <= world.now()) throw new Refusal(42003)
    code.used = true
    if (code.openid) {
      const customer = world.shop.customers.find((c) => c.unionid === code.openid)
      return { openid: code.openid, ...(customer && { external_userid: customer.externalUserid }) }
    }
    const userid = code.userid ?? ''
    if (code.scope !== 'snsapi_privateinfo') return { userid }
    const userTicket = randomId('SimUserTicket', 64)
    world.userTickets.set(userTicket, { userid, expiresAt: world.now() + 1_800 })
    return { userid, user_ticket: userTicket }
  },
}

const userDetail: Api = {
  method: 'POST',
  path: '/cgi-bin/auth/getuserdetail',
  needs: 'agent',
  answer: ({ world, body }) => {
    const held = world.userTickets.get(String(body['user_ticket'] ?? ''))
    if (!held) throw new Refusal(84015, 'invalid user_ticket')
    if (held.expiresAt <= world.now()) throw new Refusal(84014, 'user_ticket expired')
    const member = world.shop.members.find((m) => m.userid === held.userid)
    return {
      userid: held.userid,
      gender: member?.gender ?? '0',
      avatar: member?.avatar ?? '',
      mobile: member?.mobile ?? '',
    }
  },
}

export const credentialApis: Api[] = [gettoken, corpTicket, appTicket, userInfo, userDetail]
