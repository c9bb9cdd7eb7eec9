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
