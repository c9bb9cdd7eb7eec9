import type { Shop } from '../types.ts'
import { shopClock } from './clock.ts'
import { buildConversations } from './conversations.ts'
import { buildCustomers } from './customers.ts'
import { CORP_NAME, departments, members } from './members.ts'
import { seeded } from './random.ts'
import { buildTagGroups } from './tags.ts'

const SEED = 20_101_201

/** A chain of three gift and home shops with its people, tags and chats. The people never change; every date is relative to `now`. */
export function buildShop(now: Date): Shop {
  const clock = shopClock(now)
  const random = seeded(SEED)
  const tagGroups = buildTagGroups(clock)
  const customers = buildCustomers(random, clock, tagGroups)
  return {
    corpName: CORP_NAME,
    departments: structuredClone(departments),
    members: structuredClone(members),
    tagGroups,
    customers,
    conversations: buildConversations(random, clock, customers),
  }
}
