import type { Customer, Follow, Member, Shop, TagGroup } from '../../simulator/types.ts'

/** What WeCom knows at the start of a test: two members of one store, a level group, a style group and nobody followed yet. */
export function makeShop(): Shop {
  return {
    corpName: '测试店',
    departments: [{ id: 1, name: '静安店', parentId: 0, order: 1, leaders: [] }],
    members: ['rep-a', 'rep-b', 'rep-c'].map(shopMember),
    tagGroups: [
      shopGroup('G-level', '等级', 20, ['银卡', '金卡', '黑卡']),
      shopGroup('G-style', '风格', 10, ['复古英伦', '北欧极简', '法式']),
    ],
    customers: [],
    conversations: [],
  }
}

/** A member WeCom lets in. */
export function shopMember(userid: string): Member {
  const about = { alias: '', position: '导购', mobile: '', avatar: '', gender: '0' as const, status: 1 as const }
  return { userid, name: userid, ...about, departments: [1], mainDepartment: 1, visible: true, customerContact: true }
}

/** The pretend WeCom's app. */
const APP = '1000002'

function shopGroup(id: string, name: string, order: number, names: string[], creator = 'console'): TagGroup {
  const made = { createTime: 1_700_000_000, creator, deleted: false }
  const tags = names.map((tag, at) => ({ id: `${id}-${at + 1}`, name: tag, order: names.length - at, ...made }))
  return { id, name, order, ...made, tags }
}

/** A group that the app itself made: WeCom lets it change what is in it. */
export const ownGroup = (id: string, name: string, names: string[]): TagGroup => shopGroup(id, name, 1, names, APP)

/** A tie in WeCom. */
export function shopFollow(userid: string, about: Partial<Follow> = {}): Follow {
  const plain = { remark: '', description: '', createTime: 1_760_000_000, tagIds: [], personalTags: [], addWay: 1 }
  return { userid, ...plain, operUserid: userid, relation: 'active', ...about }
}

/** A contact in WeCom with its ties. */
export function shopCustomer(externalUserid: string, follows: Follow[], about: Partial<Customer> = {}): Customer {
  return { externalUserid, name: '李静文', type: 1, gender: 2, avatar: '', follows, ...about }
}
