import type { Customer, TagGroup } from '../types.ts'
import type { ShopClock } from './clock.ts'
import { edgeCases } from './edge-cases.ts'
import { followOf, sharedFollow } from './follows.ts'
import { customerCounts, members } from './members.ts'
import { person } from './people.ts'
import type { Random } from './random.ts'
import { starCustomer } from './star.ts'

const SHARED_SHARE = 0.13

/** Everybody the shop knows: the star first, then the ordinary ones by rep, then the awkward ones. */
export function buildCustomers(random: Random, clock: ShopClock, groups: TagGroup[]): Customer[] {
  const ordinary = customerCounts.flatMap(([userid, count]) =>
    Array.from({ length: count }, () => {
      const who = person(random)
      const customer: Customer = { ...who.contact, follows: [followOf(random, clock, groups, who, userid)] }
      const colleague = random.pick(colleaguesOf(userid))
      if (random.chance(SHARED_SHARE)) customer.follows.push(sharedFollow(random, clock, groups, customer, colleague))
      return customer
    }),
  )
  return [starCustomer(clock, groups), ...ordinary, ...edgeCases(clock, groups)]
}

/** Members of the same store, else anybody who serves customers. */
function colleaguesOf(userid: string): string[] {
  const serving = customerCounts.map(([id]) => id).filter((id) => id !== userid)
  const store = members.find((member) => member.userid === userid)?.mainDepartment
  const near = serving.filter((id) => members.find((member) => member.userid === id)?.mainDepartment === store)
  return near.length > 0 ? near : serving
}
