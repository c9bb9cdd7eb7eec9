import type { CustomerProfile } from '#shared/customers.ts'
import { addWays, t } from './messages.ts'

export interface Fact {
  name: string
  value: string
}

/** What is known and cannot be edited here, as lines of name and value; unknown ones are left out. */
export function factsOf({ customer, follow, otherFollowers }: CustomerProfile, addedOn: string): Fact[] {
  const rows: [string, string | null][] = [
    [t('nickname'), customer.name],
    [t('type'), t(customer.type === 2 ? 'type2' : 'type1')],
    [t('gender'), customer.gender === 1 ? t('gender1') : customer.gender === 2 ? t('gender2') : t('gender0')],
    [t('corp'), customer.corpName],
    [t('position'), customer.position],
    [t('source'), addWayText(follow.addWay)],
    [t('state'), follow.state],
    [t('added'), addedOn],
    [t('others'), otherFollowers.length > 0 ? otherFollowers.join('、') : t('nobody')],
  ]
  return rows.flatMap(([name, value]) => (value ? [{ name, value }] : []))
}

/** How the two met, in words; WeCom adds numbers now and then. */
export const addWayText = (way: number): string => {
  const known = KNOWN.find((one) => one === way)
  return known === undefined ? addWays('other', { way }) : addWays(`way${known}`)
}
const KNOWN = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 21, 22, 24, 201, 202] as const
