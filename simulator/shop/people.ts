import type { Customer } from '../types.ts'
import { COMPANIES, COMPOUND_SURNAMES, GIVEN_FEMALE, GIVEN_MALE, NICKNAMES, SURNAMES } from './names.ts'
import type { Random } from './random.ts'

export interface Person {
  contact: Omit<Customer, 'follows'>
  /** What the rep calls them when the rep knows: a surname, and 'female' or 'male'. */
  surname: string
  female: boolean
}

/** A contact nobody follows yet: a WeChat user under a nickname or a real name, or one in twelve a WeCom colleague of another company. */
export function person(random: Random): Person {
  const female = random.chance(0.7)
  const surname = random.chance(0.02) ? random.pick(COMPOUND_SURNAMES) : random.pick([...SURNAMES])
  const fullName = surname + random.pick(female ? GIVEN_FEMALE : GIVEN_MALE)
  const wecom = random.chance(1 / 12)
  const nickname = random.chance(0.5) ? random.pick(NICKNAMES) : fullName
  const known = female ? 2 : 1
  const contact: Omit<Customer, 'follows'> = wecom
    ? {
        ...companyOf(random),
        externalUserid: `woShop${random.letters(26)}`,
        name: fullName,
        type: 2,
        gender: known,
        avatar: '',
      }
    : {
        externalUserid: `wmShop${random.letters(26)}`,
        name: nickname,
        type: 1,
        gender: random.chance(0.2) ? 0 : known,
        avatar: '',
      }
  if (!wecom && random.chance(0.9)) contact.unionid = `oShop${random.letters(23)}`
  return { contact, surname, female }
}

function companyOf(random: Random): Pick<Customer, 'corpName' | 'corpFullName' | 'position' | 'externalProfile'> {
  const [corpName, corpFullName, position] = random.pick(COMPANIES)
  const externalAttr = [
    { type: 0, name: '办公电话', text: { value: `021-5550${random.between(1000, 9999)}` } },
    { type: 1, name: '官网', web: { url: 'https://example.com', title: corpName } },
  ]
  return { corpName, corpFullName, position, externalProfile: { externalAttr } }
}
