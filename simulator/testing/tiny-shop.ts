import type { Customer, Follow, Member, Shop } from '../types.ts'

const member = (userid: string, more: Partial<Member> = {}): Member => ({
  userid,
  name: userid,
  alias: '',
  position: '导购',
  departments: [2],
  mainDepartment: 2,
  status: 1,
  gender: '0',
  mobile: '13900000000',
  avatar: '',
  visible: true,
  customerContact: true,
  ...more,
})

export const follow = (userid: string, more: Partial<Follow> = {}): Follow => ({
  userid,
  remark: '',
  description: '',
  createTime: 1_767_225_600,
  tagIds: [],
  personalTags: [],
  addWay: 1,
  operUserid: userid,
  relation: 'active',
  ...more,
})

export const customer = (externalUserid: string, follows: Follow[], more: Partial<Customer> = {}): Customer => ({
  externalUserid,
  name: externalUserid,
  type: 1,
  gender: 0,
  avatar: '',
  follows,
  ...more,
})

const tag = (id: string, creator: string) => ({ id, name: id, order: 1, createTime: 1, creator, deleted: false })

/** Two reps, a rep without customers, a member out of range, and one customer of every kind. */
export const tinyShop = (): Shop => ({
  corpName: '小店',
  departments: [
    { id: 1, name: '总部', parentId: 0, order: 1, leaders: [] },
    { id: 2, name: '一店', parentId: 1, order: 1, leaders: ['boss'] },
  ],
  members: [
    member('rep-a'),
    member('rep-b'),
    member('rep-c'),
    member('boss'),
    member('ghost', { visible: false }),
    member('clerk', { customerContact: false }),
  ],
  tagGroups: [
    {
      id: 'etGroupConsole',
      name: '意向',
      order: 20,
      createTime: 1,
      creator: 'console',
      deleted: false,
      tags: [tag('etHigh', 'console')],
    },
    {
      id: 'etGroupOurs',
      name: '风格',
      order: 10,
      createTime: 1,
      creator: '1000002',
      deleted: false,
      tags: [tag('etPlain', '1000002'), tag('etDots', '1000002')],
    },
  ],
  customers: [
    customer('wmA', [
      follow('rep-a', {
        remark: '老客',
        tagIds: ['etHigh'],
        personalTags: [{ groupName: '', name: '周末来' }],
        remarkMobiles: ['13800005678'],
        state: 'store',
      }),
    ]),
    customer('wmB', [follow('rep-b')]),
    customer('wmShared', [follow('rep-a'), follow('rep-b'), follow('ghost')]),
    customer('woPartner', [follow('rep-a')], { type: 2, corpName: '示例建材', position: '采购' }),
    customer('wmHalf', [follow('rep-a', { relation: 'half' })]),
    customer('wmGone', [follow('rep-a', { relation: 'memberDeleted' })]),
    customer('wmLeft', [follow('rep-a', { relation: 'customerDeleted' })]),
  ],
  conversations: [],
})
