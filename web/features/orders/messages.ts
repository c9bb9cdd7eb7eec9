import { defineMessages } from '#web/lib/i18n.ts'

export const t = defineMessages({
  orders: ['订单', 'Orders'],
  search: ['按商品名找', 'Find by product'],
  year: ['年份', 'Year'],
  all: ['全部', 'All'],
  refund: ['退款', 'Refund'],
  items: ['共 {n} 件', '{n} items'],
  discount: ['优惠 {sum}', '{sum} off'],
  more: ['再看 20 单', '20 more'],
  loading: ['订单加载中…', 'Loading orders…'],
  end: ['就这些了', 'That is all'],
  none: ['还没有购买记录', 'No purchases yet'],
  noneText: ['会员号对上之后，订单会出现在这里。', 'Orders appear here once the member number is linked.'],
  noMatch: ['没有符合的订单', 'No order matches'],
  clear: ['看全部', 'Show all'],
  failed: ['订单没取到：{why}', 'Orders not loaded: {why}'],
  retry: ['重试', 'Retry'],
  notTheirs: ['这些不是 TA 的订单', 'These are not theirs'],
  notTheirsText: [
    '断开后这位客户不再显示这些订单，也不会再自动匹配。',
    'The customer no longer shows these orders, and is not matched to them again.',
  ],
  disown: ['断开', 'Disconnect'],
  keep: ['不断开', 'Keep'],
  disowned: ['已断开，已记录', 'Disconnected and recorded'],
})
