import { Refusal } from '../refusal.ts'
import { findCustomer, findFollow, type World } from '../world.ts'
import { type Api, memberArgument, optionalText, text, texts } from './kit.ts'

const DAY = 86_400
const WINDOW = 90 * DAY
const MOST_IN_WINDOW = 2
const PAGE = 1_000

/** One row's fate at once (server-api.md §4.10): 0 accepted, to be done a day later. */
function rowOf(world: World, handover: string, takeover: string, externalUserid: string): number {
  const customer = findCustomer(world, externalUserid)
  if (!customer) return 40096
  const follow = findFollow(customer, handover)
  if (follow?.relation !== 'active') return 40131
  const before = world.transfers.filter((one) => one.externalUserid === externalUserid)
  if (before.some((one) => one.status === 2)) return 40129
  if (before.filter((one) => one.status === 1 && one.at > world.now() - WINDOW).length >= MOST_IN_WINDOW) return 40128
  world.transfers.push({ handover, takeover, externalUserid, at: world.now(), status: 2 })
  return 0
}

const transfer: Api = {
  method: 'POST',
  path: '/cgi-bin/externalcontact/transfer_customer',
  needs: 'customerContact',
  empty: { customer: [] },
  answer: ({ world, body }) => {
    const handover = memberArgument(world, text(body, 'handover_userid')).userid
    const taker = memberArgument(world, text(body, 'takeover_userid'))
    if (taker.status !== 1) throw new Refusal(40098)
    if (handover === taker.userid) throw new Refusal(40130)
    const ids = texts(body, 'external_userid', 100)
    if (ids.length === 0) throw new Refusal(40063)
    optionalText(body, 'transfer_success_msg', 200)
    const customer = ids.map((id) => ({ external_userid: id, errcode: rowOf(world, handover, taker.userid, id) }))
    world.touched()
    return { customer }
  },
}

const result: Api = {
  method: 'POST',
  path: '/cgi-bin/externalcontact/transfer_result',
  needs: 'customerContact',
  empty: { customer: [] },
  answer: ({ world, body }) => {
    const handover = memberArgument(world, text(body, 'handover_userid')).userid
    const takeover = memberArgument(world, text(body, 'takeover_userid')).userid
    const from = Number(body['cursor'] ?? 0) || 0
    const mine = world.transfers.filter((one) => one.handover === handover && one.takeover === takeover)
    return {
      customer: mine.slice(from, from + PAGE).map(({ externalUserid, status, at }) => ({
        external_userid: externalUserid,
        status,
        takeover_time: at + DAY,
      })),
      next_cursor: from + PAGE < mine.length ? String(from + PAGE) : '',
    }
  },
}

export const transferApis: Api[] = [transfer, result]
export const TRANSFER_SECONDS = DAY
