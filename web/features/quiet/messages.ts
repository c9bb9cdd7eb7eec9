import { defineMessages } from '#web/lib/i18n.ts'

export const t = defineMessages({
  hint: ['北京时间。这段时间里不发提醒，攒到结束时再发', 'China time. Reminders of these hours go out when they end'],
  always: ['全天都可以提醒', 'Remind at any hour'],
  from: ['从', 'From'],
  until: ['到', 'Until'],
  next: ['次日', 'next day'],
  same: ['开始和结束不能是同一个时间', 'The two times must differ'],
  unchosen: ['还没有人改过，现在用的是服务器的设置', 'Nobody has changed this yet; the server’s setting stands'],
})
