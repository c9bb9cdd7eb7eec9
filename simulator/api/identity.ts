import { Refusal } from '../refusal.ts'
import { findCustomer, findMember, randomId, visibleFollows, type World } from '../world.ts'
import type { Api } from './kit.ts'

const TICKET_LIFE = 1_800
const DEFAULT_AVATAR = 'https://wework.qpic.cn/sim/default/0'

function usable(world: World, value: string) {
  const code = world.codes.get(value)
  if (!code) throw new Refusal(40029)
  if (code.used) throw new Refusal(42022)
  if (code.expiresAt <= world.now()) throw new Refusal(42003)
  return code
}

/**
 * A member's userid comes whether or not the member is in the visible range; a ticket for details only with consent and in range.
 * Others get an openid, and their external_userid where they are the customer of a member in range.
 */
const userInfo: Api = {
  method: 'GET',
  path: '/cgi-bin/auth/getuserinfo',
  needs: 'agent',
  uncounted: (world, query) => world.codes.has(query.get('code') ?? ''),
  answer: ({ world, query }) => {
    const code = usable(world, query.get('code') ?? '')
    code.used = true
    if (code.userid === undefined) {
      const customer = code.externalUserid === undefined ? undefined : findCustomer(world, code.externalUserid)
      const known = customer && visibleFollows(world, customer).length > 0
      return { openid: code.openid, ...(known && { external_userid: customer.externalUserid }) }
    }
    const { userid, consented } = code
    if (!consented || !findMember(world, userid)?.visible) return { userid }
    const userTicket = randomId('SimUserTicket', 64)
    world.userTickets.set(userTicket, { userid, consented, expiresAt: world.now() + TICKET_LIFE })
    return { userid, user_ticket: userTicket }
  },
}

/** Only what the member ticked comes back; without consent the picture is the default one. */
const userDetail: Api = {
  method: 'POST',
  path: '/cgi-bin/auth/getuserdetail',
  needs: 'agent',
  answer: ({ world, body }) => {
    const held = world.userTickets.get(String(body['user_ticket'] ?? ''))
    if (!held) throw new Refusal(84015)
    if (held.expiresAt <= world.now()) throw new Refusal(84014)
    const member = findMember(world, held.userid)
    if (!member) throw new Refusal(40003)
    const all: Record<string, string> = {
      gender: member.gender,
      avatar: member.avatar || DEFAULT_AVATAR,
      mobile: member.mobile,
      qr_code: `https://open.work.weixin.qq.com/wwopen/userQRCode?vcode=sim-${held.userid}`,
    }
    const ticked = Object.entries(all).filter(([name]) => held.consented.includes(name))
    return { userid: held.userid, avatar: DEFAULT_AVATAR, ...Object.fromEntries(ticked) }
  },
}

export const identityApis: Api[] = [userInfo, userDetail]
