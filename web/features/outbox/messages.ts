import { defineMessages } from '#web/lib/i18n.ts'

export const t = defineMessages({
  waiting: ['等待同步到企业微信：{what}', 'Waiting for WeCom: {what}'],
  failed: ['{what}没写进企业微信，已还原：{why}', '{what} did not reach WeCom and was taken back: {why}'],
  tags: ['标签', 'tags'],
  remark: ['备注资料', 'remark'],
  message: ['提醒', 'reminder'],
  and: ['、', ', '],
  now: ['现在同步', 'Try now'],
  undo: ['撤销', 'Undo'],
  dismiss: ['知道了', 'OK'],
  refused: ['没做成：{why}', 'Not done: {why}'],
})
