import { defineMessages } from '#web/lib/i18n.ts'

export const t = defineMessages({
  guard: ['联系频率', 'Contact guard'],
  stopped: ['像在推销（“{word}”），先别主动发。{why}', 'This sells something (“{word}”): not now. {why}'],
  warned: ['像在推销（“{word}”），请缓一缓。{why}', 'This sells something (“{word}”): go easy. {why}'],
  answer: ['回复客户，照发', 'It is an answer: send'],
  still: ['仍要发…', 'Send still…'],
  why: ['为什么仍要发（会记录）', 'Why still (recorded)'],
  sendStill: ['发送', 'Send'],
})
