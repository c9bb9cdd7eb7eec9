import type { TagGroup } from '../types.ts'
import type { ShopClock } from './clock.ts'

/** The agent id of the sidebar's app: tags it created are the ones it may edit. */
const OUR_APP = '1000002'
const CONSOLE = 'console'

type Row = [key: string, name: string, creator: string, tags: string]

const EVENTS =
  '圣诞市集 2023、圣诞市集 2024、圣诞市集 2025、会员日 3 月、会员日 6 月、会员日 9 月、会员日 12 月、静安店周年、徐汇店周年、湖滨店开业、烛台手作课、花环手作课、贺卡手作课、母亲节礼盒、父亲节礼盒、教师节礼盒、中秋礼盒、新年福袋、直播间首单、公众号抽奖、老带新、满 399 减 60、试用官、晒单有礼'

const ROWS: Row[] = [
  ['Intent', '意向', CONSOLE, '复购客户、高意向、比价中、价格敏感、送礼刚需、沉睡'],
  ['Style', '风格', OUR_APP, '莫兰迪色、复古英伦、北欧极简、田园碎花、波点、法式、圣诞红绿、童趣'],
  [
    'Taste',
    '品类偏好',
    CONSOLE,
    '烛台与香氛、午餐袋、蛋糕架与餐具、暖手宝、挂饰与花环、收纳与铁盒、贺卡与包装、儿童礼物、厨房布艺、园艺与户外',
  ],
  [
    'Day',
    '节日与纪念日',
    OUR_APP,
    '生日 11-28、生日 3 月、生日 6 月、生日 9 月、结婚纪念日、宝宝满月、乔迁、圣诞必买、春节备礼、母亲节、情人节、教师节',
  ],
  ['Service', '服务', OUR_APP, '要发票、代写贺卡、需要包装、送货上门、晚上联系、不喜打扰'],
  ['Level', '等级', CONSOLE, '银卡、金卡、黑卡、员工亲友'],
  ['Event', '参加过的活动', OUR_APP, EVENTS],
]

const idOf = (kind: 'Group' | 'Tag', key: string) => `etShop${kind}${key}`.padEnd(32, '0')

function tagGroup([key, name, creator, tags]: Row, index: number, created: number): TagGroup {
  const names = tags.split('、')
  return {
    id: idOf('Group', key),
    name,
    order: 100 - index * 10,
    createTime: created,
    creator,
    deleted: false,
    tags: names.map((tag, at) => ({
      id: idOf('Tag', `${key}${String(at + 1).padStart(2, '0')}`).slice(0, 32),
      name: tag,
      order: names.length - at,
      createTime: created + at,
      creator,
      deleted: false,
    })),
  }
}

/** Six groups a rep uses every day and one long group of past events; some made in the console, some by our app. */
export function buildTagGroups(clock: ShopClock): TagGroup[] {
  return ROWS.map((row, index) => tagGroup(row, index, clock.daysAgo(420 - index * 7, 600)))
}

/** Finds a tag's id by group and name. */
export function tagIdOf(groups: TagGroup[], group: string, tag: string): string {
  const found = groups.find((g) => g.name === group)?.tags.find((t) => t.name === tag)
  if (!found) throw new Error(`no tag ${group}/${tag}`)
  return found.id
}
