import type { Customer, Follow, TagGroup } from '../types.ts'
import type { ShopClock } from './clock.ts'
import { CITIES } from './names.ts'
import type { Person } from './people.ts'
import type { Random } from './random.ts'
import { sharedSource, sourceOf } from './sources.ts'

const OCCASIONS = [
  '乔迁礼',
  '伴手礼',
  '圣诞',
  '生日',
  '公司年会',
  '婚礼回礼',
  '满月礼',
  '午餐袋',
  '烛台',
  '蛋糕架',
  '暖手宝',
  '老客',
]
const DESCRIPTIONS = [
  '每年 11 月备圣诞礼，喜欢红绿格子',
  '公司行政，年底要 80 份伴手礼，要开专票',
  '家里两个孩子，午餐袋买过三次',
  '喜欢香薰蜡烛，对浓香过敏，只推荐淡香',
  '新家刚装修好，北欧风，预算 500 左右',
  '开咖啡店，蛋糕架要成套',
  '送闺蜜生日，11 月底前要到',
]
const PERSONAL = ['爱喝茶', '养猫', '住附近', '周末有空', '怕冷', '老公姓方']

/** The tie between `userid` and this person: remark, tags and phone in a shop's usual untidiness. */
export function followOf(random: Random, clock: ShopClock, groups: TagGroup[], who: Person, userid: string): Follow {
  const follow: Follow = {
    userid,
    remark: remarkOf(random, who),
    description: random.chance(0.25) ? random.pick(DESCRIPTIONS) : '',
    createTime: clock.daysAgo(random.between(2, 700), random.between(600, 1290)),
    tagIds: tagsOf(random, groups),
    personalTags: random.chance(0.12) ? [{ groupName: '', name: random.pick(PERSONAL) }] : [],
    ...sourceOf(random, userid, who.contact.externalUserid),
    relation: 'active',
  }
  if (random.chance(0.45)) follow.remarkMobiles = [`1380000${random.between(1000, 9999)}`]
  if (who.contact.type === 1 && random.chance(0.06))
    follow.remarkCorpName = random.pick(['静安幼儿园', '湖滨书店', '一粟咖啡'])
  return follow
}

/** A second rep of the same customer, added later than the first, who keeps a remark of their own. */
export function sharedFollow(
  random: Random,
  clock: ShopClock,
  groups: TagGroup[],
  customer: Customer,
  userid: string,
): Follow {
  const first = customer.follows[0]
  const tags = tagsOf(random, groups)
  const createTime = Math.max(first?.createTime ?? 0, clock.daysAgo(random.between(1, 60), 900))
  return {
    userid,
    remark: random.chance(0.4) ? `${random.pick(CITIES)}转来` : '',
    description: '',
    createTime,
    tagIds: tags,
    personalTags: [],
    ...sharedSource(random, first?.userid ?? userid),
    relation: 'active',
  }
}

function remarkOf(random: Random, { contact, surname, female }: Person): string {
  const title = female ? random.pick(['姐', '女士', '老师', '阿姨', '妈妈']) : random.pick(['哥', '先生', '总', '老师'])
  const kind = random.next()
  if (kind < 0.22) return ''
  if (kind < 0.5) return surname + title
  if (kind < 0.75) return `${surname}${title}-${random.pick(OCCASIONS)}`
  if (kind < 0.88) return `${random.pick(CITIES)} ${surname}${title}`
  return contact.name.length <= 20 ? contact.name : surname + title
}

function tagsOf(random: Random, groups: TagGroup[]): string[] {
  if (random.chance(0.3)) return []
  return groups.flatMap((group) => {
    if (group.name === '等级') return random.chance(0.3) ? [random.pick(group.tags).id] : []
    const most = group.name === '品类偏好' ? 3 : group.name === '参加过的活动' ? 2 : 1
    const share = group.name === '参加过的活动' || group.name === '服务' ? 0.25 : 0.6
    return random.chance(share) ? random.some(group.tags, random.between(1, most)).map((tag) => tag.id) : []
  })
}
