import { defineMessages } from '#web/lib/i18n.ts'

export const t = defineMessages({
  untagged: ['只看没打标签的', 'Untagged only'],
  none: ['本店还没有客户', 'No customers in this store yet'],
  noneUntagged: ['都打过标签了', 'Everybody has a tag'],
  customer: ['客户', 'Customer'],
  followers: ['跟进人', 'Followed by'],
  added: ['添加', 'Added'],
  tags: ['标签', 'Tags'],
  noTags: ['没有标签', 'No tags'],
  hint: ['不含同事写的备注和电话', 'Without what colleagues wrote'],
})

export const counter = defineMessages({
  left: ['还有 {n} 位没打标签', '{n} left without tags'],
  since: ['{date} 添加 · {who}', 'Added {date} · {who}'],
  next: ['下一位', 'Next'],
  skip: ['先跳过', 'Skip'],
  recent: ['最近常用', 'Often used'],
  single: ['单选', 'pick one'],
  added: ['已加「{name}」', 'Added “{name}”'],
  removed: ['已去掉「{name}」', 'Removed “{name}”'],
  undo: ['撤销', 'Undo'],
  refused: ['没改成：{why}', 'Not changed: {why}'],
  allDone: ['都打好标签了', 'Everybody has tags'],
  allDoneText: ['新加的客户会出现在这里。', 'New customers will appear here.'],
  look: ['再看一遍', 'Look again'],
})
