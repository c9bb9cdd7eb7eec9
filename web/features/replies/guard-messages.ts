import { defineMessages } from '#web/lib/i18n.ts'

export const t = defineMessages({
  guard: ['联系频率', 'Contact guard'],
  stopped: ['这条像在推销（“{word}”），现在不宜主动发', 'This sells something (“{word}”): not now'],
  warned: ['这条像在推销（“{word}”），最近发得有点多', 'This sells something (“{word}”): there was much lately'],
  answer: ['回复客户，照发', 'It is an answer: send'],
  still: ['仍要发…', 'Send still…'],
  why: ['为什么仍要发（会记录）', 'Why still (recorded)'],
  sendStill: ['发送', 'Send'],
})
