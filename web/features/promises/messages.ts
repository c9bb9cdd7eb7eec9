import { defineMessages } from '#web/lib/i18n.ts'

export const t = defineMessages({
  heard: ['听起来答应了客户：{title} · {when} 提醒我', 'Sounds like a promise: {title} · remind me {when}'],
  heardEvent: [
    '听起来答应了客户：{title} · 没说哪天，先 {when} 提醒我',
    'Sounds like a promise: {title} · no day named, remind me {when}',
  ],
  take: ['记下', 'Keep'],
  leave: ['不是承诺，不再问', 'No promise; do not ask again'],
  label: ['承诺「{title}」', 'Promise “{title}”'],
  kept: ['已记为待办，{when} 提醒你', 'A task now; you will be reminded {when}'],
  queued: ['没有网络，已存在本机，连上后自动提交', 'No network: kept here, sent when it is back'],
  taken: ['记为承诺：{title}', 'A promise: {title}'],
  undo: ['撤销', 'Undo'],
  notKept: ['没记下：{why}', 'Not kept: {why}'],
})
