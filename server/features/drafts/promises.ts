import { squeezed } from './text.ts'

/**
 * What binds the shop, or asks the customer for something, by kind: a text that says one must lean on one that says it too. In simplified characters.
 * A `word` is no promise but nothing that belongs into an answer either: where the model tells of itself or of others.
 */
const KINDS: [name: string, kind: 'promise' | 'word', pattern: string][] = [
  [
    'postage',
    'promise',
    '包邮|免邮|免运费|(?:运费|邮费)(?:全|都)?(?:由|归)?(?:我们|我方|店里|商家|门店)?(?:来)?(?:出|承担|付|包|免)|(?:我们|我方|店里|商家|门店)(?:来)?(?:出|承担|付|包)(?:来回|全部|所有)?的?(?:运费|邮费)',
  ],
  ['free', 'promise', '免费|不收钱|不要钱|不用钱|不另收|零元|(?<![\\d.])0元|免单|白拿'],
  ['gift', 'promise', '赠|送[您你]|买.{0,4}送|[再加白另]送|送(?:一|1|礼|小|个)|小礼物'],
  ['no-reason', 'promise', '无理由'],
  ['return', 'promise', '退换|可以?退|能退|包退|退货|退掉'],
  ['exchange', 'promise', '退换|包换|换货|换新|换[一1]|换码|换色|换款|调换'],
  ['refund', 'promise', '退款|退钱|全额退|退[您你还回]|返现|返钱|返还|返利|返[您你给]|退到'],
  ['difference', 'promise', '差价|补差|退差|保价|价保'],
  ['whole', 'promise', '全额|全款|双倍|翻倍|加倍|十倍'],
  ['amends', 'promise', '赔|补偿|理赔|减免|免除|抹零'],
  [
    'cheaper',
    'promise',
    '优惠|打折|折扣|特价|促销|便宜|最低|低价|底价|让利|满减|立减|直降|秒杀|内部价|会员价|员工价|成本价|半价|对折',
  ],
  ['coupon', 'promise', '券|红包|抵扣|抵用|代金'],
  ['points', 'promise', '积分|会员|vip|升级'],
  [
    'surely',
    'promise',
    '保证|承诺|担保|(?<![不])一定|绝对|百分百|百分之百|肯定|必定|必须|包[您你]|确保|说到做到|永远|永久|终身',
  ],
  ['dispatch', 'promise', '发货|补发|发出|寄出|寄给|发[您你走]|给[您你]发|寄[您你]|给[您你]寄|出库'],
  ['delivery', 'promise', '送达|送到|送货|配送|派送|闪送|空运|顺丰|加急|优先'],
  ['arrival', 'promise', '到货|补货|到店(?=了)'],
  ['visit', 'promise', '上门|取件'],
  ['keep', 'promise', '留货|留着|留一|预留|保留|[给帮][您你].{0,3}留|留给[您你]'],
  ['repair', 'promise', '保修|质保|维修|延保|以旧换新|换新机'],
  ['stock', 'promise', '有货|现货|库存|没货|缺货|断货|售罄'],
  ['genuine', 'promise', '正品|假一|真品|原装|授权'],
  ['invoice', 'promise', '发票|专票|普票|收据'],
  ['agreed', 'promise', '答应|同意|批准|特批|破例|例外|申请到'],
  [
    'contact',
    'promise',
    '回电|打电话|致电|联系您|联系你|回复您|答复您|通知您|提醒您|微信|支付宝|银行卡|信用卡|转账|汇款|打款|扫码|二维码|验证码|密码|身份证|私下|私聊|账号|账户|付款|收款|定金|押金',
  ],
  ['model', 'word', '系统提示|提示词|指令|语言模型|人工智能|机器人|管理员|开发者|越狱|角色扮演|规则|忽略'],
  [
    'others',
    'word',
    '其他客户|其它客户|别的客户|上一位|另一位|另外一位|其他顾客|别的顾客|另一个客户|全部客户|所有客户|客户名单|客户列表|通讯录|数据库|机密',
  ],
]
const PATTERNS = KINDS.map(([name, kind, pattern]) => ({ name, kind, pattern: new RegExp(pattern, 'gu') }))
/** 不支持退款 is not 支持退款: what stands right before turns it round. */
const NOT =
  /(?:不|没有?|未|无法|别|勿|拒绝?)(?:再|会|能|可以?|支持|提供|予|接受|参加|参与|享受?|用|需要?|承担|包括?|含|要|做|给|是|得)?$/u

export interface Promised {
  kind: 'promise' | 'word'
  /** As it stands in the text. */
  piece: string
  /** Its kind, and whether it is said or denied. */
  key: string
}

/** Promises in a text that `plain` has made comparable. */
export function promisesIn(text: string): Promised[] {
  const said = squeezed(text)
  const bare = said.replaceAll('无理由', '，，，')
  return PATTERNS.flatMap(({ name, kind, pattern }) =>
    [...(name === 'no-reason' ? said : bare).matchAll(pattern)].map((match) => ({
      kind,
      piece: match[0],
      key: `${name}${NOT.test(bare.slice(Math.max(0, match.index - 5), match.index)) ? ' not' : ''}`,
    })),
  )
}
