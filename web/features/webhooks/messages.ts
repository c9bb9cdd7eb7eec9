import { defineMessages } from '#web/lib/i18n.ts'

export const t = defineMessages({
  title: ['推送（Webhook）', 'Webhooks'],
  hint: [
    '客户有变化时告诉其他系统；签名按 Standard Webhooks，失败会重试八次',
    'Tells other systems what changed; signed as Standard Webhooks do, tried eight times',
  ],
  url: ['https 地址', 'https address'],
  'customer.tags': ['标签变化', 'Tags'],
  'customer.remark': ['备注变化', 'Remark'],
  'customer.ended': ['不再跟进', 'Ended'],
  'customer.returned': ['重新添加', 'Returned'],
  create: ['加推送', 'Add'],
  secret: ['签名密钥只显示这一次', 'The signing secret is shown this once'],
  none: ['还没有推送地址', 'None yet'],
  sums: ['已送 {done} · 等待 {waiting} · 放弃 {dead}', '{done} sent · {waiting} waiting · {dead} given up'],
  on: ['启用', 'On'],
  replay: ['重发放弃的', 'Send the given up again'],
  replayed: ['重发 {n} 条', '{n} sent again'],
  removeYes: ['确认删除', 'Really delete'],
  removeSure: ['确认删除 {url}，等着送的也不再送', 'Really delete {url}; what waits is not sent'],
  remove: ['删除 {url}', 'Delete {url}'],
  failed: ['没成功：{why}', 'Failed: {why}'],
})
