import { createHash } from 'node:crypto'
import { Refusal } from '../refusal.ts'
import type { World } from '../world.ts'
import { type Api, memberArgument, texts } from './kit.ts'

const DAY = 86_400
/** China's midnight, in seconds. */
const midnight = (seconds: number): number => Math.floor((seconds + 28_800) / DAY) * DAY - 28_800
const MOST_DAYS = 30
const OLDEST_DAYS = 180

/** The same numbers for the same member and day, as if they had chatted. */
const draw = (userid: string, at: number, what: string): number =>
  createHash('sha1').update(`${userid} ${at} ${what}`).digest().readUInt32BE(0) / 2 ** 32

interface Day {
  chats: number
  messages: number
  /** Chats that customers began; of those answered the same day; minutes to the first answer of each, summed. */
  begun: number
  answered: number
  minutes: number
  lost: number
  applied: number
  gained: number
}

function dayOf(world: World, userid: string, at: number): Day {
  const mine = world.shop.customers.filter((customer) => customer.follows.some((follow) => follow.userid === userid))
  const gained = mine.filter(({ follows }) =>
    follows.some((follow) => follow.userid === userid && midnight(follow.createTime) === at),
  ).length
  const weekend = [0, 6].includes(new Date((at + 28_800) * 1000).getUTCDay())
  const chats = mine.length === 0 ? 0 : Math.round(mine.length * 0.25 * (weekend ? 1.3 : 1) * draw(userid, at, 'chats'))
  const begun = Math.round(chats * 0.6 * draw(userid, at, 'begun'))
  const answered = Math.round(begun * (0.7 + 0.3 * draw(userid, at, 'answered')))
  return {
    chats,
    messages: Math.round(chats * (3 + 5 * draw(userid, at, 'messages'))),
    begun,
    answered,
    minutes: answered * (2 + Math.round(24 * draw(userid, at, 'minutes'))),
    lost: draw(userid, at, 'lost') > 0.93 && mine.length > 0 ? 1 : 0,
    applied: gained,
    gained,
  }
}

/** Several members are one total per day. Shares are absent where no customer began a chat (server-api.md §4.16). */
const behavior: Api = {
  method: 'POST',
  path: '/cgi-bin/externalcontact/get_user_behavior_data',
  needs: 'customerContact',
  empty: { behavior_data: [] },
  answer: ({ world, body }) => {
    const userids = texts(body, 'userid', 100)
    const parties = body['partyid'] ?? []
    if (!Array.isArray(parties) || parties.length > 100) throw new Refusal(40058)
    if (userids.length === 0 && parties.length === 0) throw new Refusal(40063)
    const [from, to] = [secondsOf(body, 'start_time'), secondsOf(body, 'end_time')]
    const today = midnight(world.now())
    if (to < from || to - from > (MOST_DAYS - 1) * DAY || from < today - OLDEST_DAYS * DAY || to > today)
      throw new Refusal(40058)
    const members = [
      ...userids.map((userid) => memberArgument(world, userid).userid),
      ...world.shop.members
        .filter((member) => member.departments.some((id) => parties.includes(id)))
        .map((member) => member.userid),
    ]
    const days = Array.from({ length: (to - from) / DAY + 1 }, (_, i) => from + i * DAY)
    return {
      behavior_data: days.map((at) =>
        wireDay(
          at,
          members.map((userid) => dayOf(world, userid, at)),
        ),
      ),
    }
  },
}

function secondsOf(body: Record<string, unknown>, key: string): number {
  const value = body[key]
  if (value === undefined) throw new Refusal(40063)
  if (typeof value !== 'number' || !Number.isInteger(value)) throw new Refusal(40058)
  return midnight(value)
}

function wireDay(at: number, days: Day[]) {
  const sum = (key: keyof Day) => days.reduce((total, day) => total + day[key], 0)
  const [begun, answered] = [sum('begun'), sum('answered')]
  return {
    stat_time: at,
    chat_cnt: sum('chats'),
    message_cnt: sum('messages'),
    ...(begun > 0 && { reply_percentage: Math.round((answered / begun) * 10_000) / 100 }),
    ...(answered > 0 && { avg_reply_time: Math.round(sum('minutes') / answered) }),
    negative_feedback_cnt: sum('lost'),
    new_apply_cnt: sum('applied'),
    new_contact_cnt: sum('gained'),
  }
}

export const statisticApis: Api[] = [behavior]
