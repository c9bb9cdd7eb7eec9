import { defineMessages } from '#web/lib/i18n.ts'

export const t = defineMessages({
  title: ['客户信息', 'Details'],
  required: ['必填', 'required'],
  none: ['未填', 'Not filled'],
  setBy: ['{who} · {date}', '{who} · {date}'],
  notSaved: ['没存上：{why}', 'Not saved: {why}'],
  failed: ['没取到：{why}', 'Did not load: {why}'],
  retry: ['重试', 'Try again'],
})
