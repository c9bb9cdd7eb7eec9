import { startSimulator } from '../../simulator/start.ts'
import type { Customer, Member, Shop } from '../../simulator/types.ts'

/** A pretend WeCom with `customers` customers of `members` members, in a process of its own. Prints its settings as JSON. */
const { customers, members } = JSON.parse(process.argv[2] ?? '{}') as { customers: number; members: number }

const member = (n: number): Member => ({
  userid: `member${n}`,
  name: `成员${n}`,
  alias: '',
  position: '导购',
  mobile: '',
  avatar: '',
  gender: '0',
  departments: [2 + (n % 50)],
  mainDepartment: 2 + (n % 50),
  status: 1,
  visible: true,
  customerContact: true,
})
const customer = (n: number): Customer => ({
  externalUserid: `wmBig${String(n).padStart(8, '0')}`,
  name: `客户${n}`,
  type: 1,
  gender: (n % 3) as 0 | 1 | 2,
  avatar: '',
  follows: [
    {
      userid: `member${n % members}`,
      remark: `备注${n}`,
      description: '',
      createTime: 1_760_000_000 + n,
      tagIds: [`T${n % 60}`],
      personalTags: [],
      addWay: 1,
      operUserid: `member${n % members}`,
      relation: 'active',
    },
  ],
})
const made = { createTime: 1_700_000_000, creator: 'console', deleted: false }
const shop: Shop = {
  corpName: '大店',
  departments: [
    { id: 1, name: '大店', parentId: 0, order: 1, leaders: [] },
    ...Array.from({ length: 50 }, (_, n) => ({ id: 2 + n, name: `门店${n}`, parentId: 1, order: 1, leaders: [] })),
  ],
  members: Array.from({ length: members }, (_, n) => member(n)),
  tagGroups: [
    {
      id: 'G',
      name: '组',
      order: 1,
      ...made,
      tags: Array.from({ length: 60 }, (_, n) => ({ id: `T${n}`, name: `标签${n}`, order: 60 - n, ...made })),
    },
  ],
  customers: Array.from({ length: customers }, (_, n) => customer(n)),
  conversations: [],
}
const pretend = await startSimulator({ port: 0, shop })
console.log(JSON.stringify(pretend.settings))
