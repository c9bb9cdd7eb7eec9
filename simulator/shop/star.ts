import type { Customer, TagGroup } from '../types.ts'
import type { ShopClock } from './clock.ts'
import { tagIdOf } from './tags.ts'

/** The customer the demo opens on: first in the first rep's list, tagged in five groups, with a history. */
export const STAR_CUSTOMER_ID = 'wmShopLiJingWen00000000000000001'

export function starCustomer(clock: ShopClock, groups: TagGroup[]): Customer {
  const tag = (group: string, name: string) => tagIdOf(groups, group, name)
  return {
    externalUserid: STAR_CUSTOMER_ID,
    name: '静文🌿',
    type: 1,
    gender: 2,
    avatar: '',
    unionid: 'oShopLiJingWen00000000000001',
    follows: [
      {
        userid: 'LinXiaoYu',
        remark: '李静文',
        description: '喜欢烛台和香氛，客厅莫兰迪色；女儿上小学，常买午餐袋。送货只收周末。',
        createTime: clock.daysAgo(612, 15 * 60 + 20),
        tagIds: [
          tag('意向', '复购客户'),
          tag('风格', '莫兰迪色'),
          tag('品类偏好', '烛台与香氛'),
          tag('节日与纪念日', '生日 11-28'),
          tag('等级', '金卡'),
        ],
        personalTags: [],
        remarkMobiles: ['13800005521'],
        addWay: 1,
        operUserid: 'LinXiaoYu',
        state: 'store_jingan_counter',
        relation: 'active',
      },
      {
        userid: 'ZhaoMingYuan',
        remark: '李静文 静安金卡',
        description: '',
        createTime: clock.daysAgo(200, 11 * 60),
        tagIds: [tag('等级', '金卡')],
        personalTags: [],
        addWay: 201,
        operUserid: 'LinXiaoYu',
        relation: 'active',
      },
    ],
  }
}
