import { defineMessages } from '#web/lib/i18n.ts'

export const t = defineMessages({
  waiting: ['{n} 项改动等网络恢复后提交', '{n} changes wait for the network'],
  refused: ['{n} 项改动没有提交成功', '{n} changes were refused'],
  show: ['查看', 'Show'],
  hide: ['收起', 'Hide'],
  now: ['现在提交', 'Send now'],
  retry: ['再试', 'Try again'],
  drop: ['放弃', 'Drop'],
  copy: ['复制内容', 'Copy'],
  copied: ['已复制', 'Copied'],
})
