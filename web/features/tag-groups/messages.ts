import { defineMessages } from '#web/lib/i18n.ts'

export const t = defineMessages({
  hint: [
    '改动直接写进企业微信；后台或别的应用建的标签，企业微信不让这里改',
    'Written to WeCom at once; tags made elsewhere are not ours to change',
  ],
  addGroup: ['加标签组', 'Add a group'],
  groupName: ['组名', 'Group'],
  tagNames: ['标签，用逗号分开', 'Tags, by comma'],
  addTags: ['加标签', 'Add tags'],
  add: ['添加', 'Add'],
  cancel: ['取消', 'Cancel'],
  single: ['单选', 'One at most'],
  rename: ['改名 {name}', 'Rename {name}'],
  newName: ['新名字', 'New name'],
  save: ['保存', 'Save'],
  up: ['前移 {name}', 'Move {name} forward'],
  remove: ['删除 {name}', 'Delete {name}'],
  removeSure: [
    '会从 {n} 位客户身上去掉，不能恢复。确认删除「{name}」？',
    'It goes from {n} customers for good. Delete “{name}”?',
  ],
  yes: ['删除', 'Delete'],
  none: ['还没有标签', 'No tags yet'],
  saved: ['已写进企业微信', 'Written to WeCom'],
  failed: ['没成功：{why}', 'Failed: {why}'],
})
