import { defineMessages } from '#web/lib/i18n.ts'

export const t = defineMessages({
  review: ['主管审阅', 'Review'],
  passed: ['主管已通过', 'Passed'],
  returned: ['主管退回，请修改后保存', 'Returned: change it and save'],
  why: ['触发：{names}', 'Because of: {names}'],
  answer: ['回复主管', 'Answer'],
  answerTo: ['回复 {name}', 'Answer {name}'],
  send: ['回复', 'Send'],
  failed: ['没发出：{why}', 'Not sent: {why}'],
  notLoaded: ['审阅没取到：{why}', 'The review did not load: {why}'],
  again: ['重试', 'Try again'],
})
