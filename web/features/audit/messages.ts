import { defineMessages } from '#web/lib/i18n.ts'

export const t = defineMessages({
  actor: ['谁（userid）', 'Who (userid)'],
  action: ['做了什么', 'What'],
  anything: ['全部', 'Anything'],
  none: ['没有这样的记录', 'No such entry'],
  when: ['时间', 'When'],
  who: ['谁', 'Who'],
  subject: ['对象', 'To whom'],
  detail: ['详情', 'Detail'],
})

/** What is recorded by now. An action this page has not heard of is shown by its code. */
export const ACTIONS = {
  'customer.phones_revealed': ['查看完整电话', 'Saw whole phones'],
  'customer.read_as_manager': ['负责人查看客户', 'Read as manager'],
  'customers.bulk_refused': ['大量打开客户被拒', 'Bulk opening refused'],
  'roles.set': ['改角色', 'Set roles'],
  'sync.begun': ['开始全量同步', 'Began a full sync'],
  'jobs.retried': ['重试失败作业', 'Retried dead jobs'],
} as const satisfies Record<string, readonly [string, string]>

const action = defineMessages(ACTIONS)
export const actionText = (code: string): string => (code in ACTIONS ? action(code as keyof typeof ACTIONS) : code)
