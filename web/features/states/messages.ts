import { defineMessages } from '#web/lib/i18n.ts'

export const t = defineMessages({
  loading: ['客户资料加载中', 'Loading the customer'],
  notYours: ['看不到这位客户', 'You cannot see this customer'],
  notYoursText: [
    'TA 不是你的客户，或你们的联系已经解除。如果刚加上好友，请重试；否则请联系你的主管。',
    'They are not your customer, or no longer. If you have just added them, retry; otherwise ask your manager.',
  ],
  failed: ['资料没取到', 'Could not load'],
  offline: ['网络断了，显示 {time} 的数据', 'No network: showing {time}'],
  offlineEmpty: ['网络断了', 'No network'],
  offlineText: ['连上网络后会自动重试。', 'It retries by itself once the network is back.'],
  notFresh: ['没更新成功：{why}', 'Not refreshed: {why}'],
  retry: ['重试', 'Retry'],
})
