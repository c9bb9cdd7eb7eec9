import { defineMessages } from '#web/lib/i18n.ts'

export const t = defineMessages({
  full: ['全量', 'Full'],
  recent: ['近两小时', 'Last two hours'],
  begin: ['立即全量同步', 'Sync everything now'],
  begun: ['已开始', 'Begun'],
  already: ['已有一次全量同步在进行', 'One is under way already'],
  running: ['正在同步', 'Syncing'],
  progress: ['同步进度', 'Progress of the sync'],
  membersDone: ['成员 {done} / {total}', 'Members {done} / {total}'],
  customers: ['客户 {n}', 'Customers {n}'],
  rate: ['每秒 {n}', '{n} a second'],
  left: ['约剩 {time}', 'About {time} left'],
  seconds: ['{n} 秒', '{n} s'],
  minutes: ['{n} 分钟', '{n} min'],
  hours: ['{n} 小时', '{n} h'],
  runs: ['最近几次', 'Latest runs'],
  noRuns: ['还没有同步过', 'Never synced'],
  when: ['开始', 'Began'],
  kind: ['范围', 'Scope'],
  took: ['用时', 'Took'],
  read: ['客户', 'Customers'],
  differences: ['差异', 'Differences'],
  differencesHint: [
    '与企业微信不同、已改正的条数；首次之后每晚变多，说明回调丢了',
    'Rows that were not as WeCom has them, now mended. Growing from night to night: callbacks are lost',
  ],
  failed: ['没读成的成员', 'Members that failed'],
  inbox: ['收件箱', 'Inbox'],
  inboxHint: ['收到未处理的回调', 'Callbacks not yet applied'],
  outbox: ['待写企业微信', 'Waiting for WeCom'],
  outboxHint: ['标签和备注的改动', 'Changes of tags and remarks'],
  refused: ['被拒', 'Refused'],
  refusedHint: ['企业微信没有接受、成员还没看', 'Not accepted, not yet seen by the rep'],
  queue: ['作业', 'Jobs'],
  queueHint: ['排队和进行中', 'Waiting or running'],
  oldest: ['最早 {time} 前', 'Oldest {time} ago'],
  dead: ['失败的作业', 'Dead jobs'],
  noDead: ['没有失败的作业', 'None'],
  retryDead: ['全部重试', 'Retry all'],
  retried: ['{n} 个作业重新排队', '{n} jobs queued again'],
  job: ['作业', 'Job'],
  attempts: ['试了', 'Tries'],
  error: ['原因', 'Cause'],
})

/** A length of time, roughly. */
export function roughly(seconds: number): string {
  if (seconds < 90) return t('seconds', { n: Math.round(seconds) })
  if (seconds < 5_400) return t('minutes', { n: Math.round(seconds / 60) })
  return t('hours', { n: Math.round(seconds / 360) / 10 })
}
