import { OPTIONAL_FIELDS, REQUIRED_FIELDS } from '#shared/imports.ts'

/** What columns are called in the exports of Chinese shop systems, and in English ones. */
const NAMES: Record<(typeof REQUIRED_FIELDS)[number] | (typeof OPTIONAL_FIELDS)[number], RegExp> = {
  order: /^(订单(编?号|id)?|单号|交易号|invoice ?no|order ?(no|id|number)?)$/i,
  sku: /^(货号|商品编码|商家编码|sku( ?编码| ?id)?|stock ?code|条码)$/i,
  name: /^(品名|商品(名称|标题)?|宝贝(名称|标题)|description|product( ?name)?|item)$/i,
  quantity: /^(数量|购买数量|件数|quantity|qty)$/i,
  price: /^(单价|价格|成交价|售价|unit ?price|price)$/i,
  at: /^((下单|付款|支付|成交|创建|订单)(时间|日期)|时间|日期|invoice ?date|(order|created|paid)[ _]?(at|date|time)|date)$/i,
  member: /^(会员(编?号|id|卡号)?|客户(编号|id|号)|买家(id|会员名)|customer ?id|member( ?(no|id|number))?)$/i,
  country: /^(国家|地区|country)$/i,
  store: /^(门店|店铺(名称)?|store|shop)$/i,
  channel: /^(渠道|平台|channel)$/i,
  status: /^((订单|交易)?状态|status)$/i,
  logistics: /^(物流(单号|信息)?|快递(单号)?|tracking.*|logistics)$/i,
  url: /^((商品)?链接|url|link)$/i,
  external: /^(external_?userid|外部联系人(id)?)$/i,
  union: /^union_?id$/i,
  phone: /^((收货人?|会员|客户|联系)?(手机|电话)(号码?)?|phone|mobile)$/i,
}

/** The headings that look like ours; each heading once. */
export function guessMapping(headings: readonly string[]): Record<string, string> {
  const left = new Set(headings)
  const mapping: Record<string, string> = {}
  for (const field of [...REQUIRED_FIELDS, ...OPTIONAL_FIELDS]) {
    const found = [...left].find((heading) => NAMES[field].test(heading.trim()))
    if (found === undefined) continue
    mapping[field] = found
    left.delete(found)
  }
  return mapping
}
