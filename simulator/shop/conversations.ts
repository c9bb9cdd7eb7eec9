import type { ChatMessage, Conversation, Customer } from '../types.ts'
import type { ShopClock } from './clock.ts'
import { DIALOGUES, STAR_DIALOGUE, type Dialogue } from './dialogues.ts'
import type { Random } from './random.ts'
import { STAR_CUSTOMER_ID } from './star.ts'

const OPENING_REP = 'LinXiaoYu'
const OF_OPENING_REP = 24
const OF_OTHERS = 4

/** What was said lately: the star's exchange is minutes old, the others' are spread over the last nine days. */
export function buildConversations(random: Random, clock: ShopClock, customers: Customer[]): Conversation[] {
  let said = 0
  const talk = (userid: string, externalUserid: string, dialogue: Dialogue, endedAt: number): Conversation => ({
    userid,
    externalUserid,
    messages: dialogue.map((line, index): ChatMessage => ({
      id: `shop-${++said}`,
      from: line.startsWith('<') ? 'customer' : 'member',
      body: { msgtype: 'text', text: { content: line.slice(1) } },
      at: endedAt - (dialogue.length - 1 - index) * 75,
    })),
  })
  const star = talk(OPENING_REP, STAR_CUSTOMER_ID, STAR_DIALOGUE, clock.minutesAgo(3))
  const rest = pairs(customers).map(([userid, externalUserid], index) =>
    talk(userid, externalUserid, random.pick(DIALOGUES), clock.minutesAgo(20 + 13 * random.between(index, 1000))),
  )
  return [star, ...rest]
}

/** The first few living ties of every rep, more of them for the rep the demo opens with. */
function pairs(customers: Customer[]): [userid: string, externalUserid: string][] {
  const taken = new Map<string, number>()
  return customers
    .filter((customer) => customer.externalUserid !== STAR_CUSTOMER_ID)
    .flatMap((customer) => customer.follows.map((follow) => ({ customer, follow })))
    .filter(({ follow }) => {
      const count = taken.get(follow.userid) ?? 0
      const wanted = follow.userid === OPENING_REP ? OF_OPENING_REP : OF_OTHERS
      if (follow.relation !== 'active' || count >= wanted) return false
      taken.set(follow.userid, count + 1)
      return true
    })
    .map(({ customer, follow }) => [follow.userid, customer.externalUserid])
}
