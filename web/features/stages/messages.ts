import { defineMessages } from '#web/lib/i18n.ts'

export const t = defineMessages({
  title: ['跟进阶段', 'Stage'],
  days: ['{n} 天', '{n} d'],
  today: ['今天', 'today'],
  moved: ['已移到「{name}」', 'Moved to “{name}”'],
  out: ['已移出阶段', 'Taken out of the stages'],
  undo: ['撤销', 'Undo'],
  why: ['为什么流失', 'Why lost'],
  whyHint: ['价格、尺码、去了别家…', 'Price, size, went elsewhere…'],
  move: ['移到「{name}」', 'Move to “{name}”'],
  keep: ['算了', 'Never mind'],
  notMoved: ['没移动：{why}', 'Not moved: {why}'],
  queued: ['没有网络，已存在本机，连上后自动提交', 'No network: kept here, sent when it is back'],
  label: ['移到阶段「{name}」', 'Move to “{name}”'],
})
