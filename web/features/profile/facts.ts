import { ADD_WAYS } from '#shared/add-way.ts'
import type { CustomerProfile } from '#shared/customers.ts'
import { locale } from '#web/lib/i18n.ts'
import { t } from './messages.ts'

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

/** How the two met, in words; a number we do not know is shown as it is. */
export const addWayText = (way: number): string =>
  ADD_WAYS[way]?.[locale.value === 'en' ? 1 : 0] ?? t('otherWay', { way })
