import { defineMessages } from '#web/lib/i18n.ts'

export const admin = defineMessages({
  hint: ['导购在客户资料里填写，历史在跟进记录里', 'Filled in by reps on the profile; history on the timeline'],
  add: ['加字段', 'Add a field'],
  none: ['还没有字段', 'No fields yet'],
  name: ['名字', 'Name'],
  type: ['类型', 'Type'],
  typeFixed: ['已有内容的字段不能改类型', 'A field with values keeps its type'],
  text: ['文字', 'Text'],
  number: ['数字', 'Number'],
  date: ['日期', 'Date'],
  single: ['单选', 'One of'],
  multiple: ['多选', 'Several of'],
  options: ['选项，用顿号隔开', 'Options, separated by commas'],
  birthday: ['是生日', 'Is a birthday'],
  required: ['必填', 'Required'],
  clerkOnly: ['只给店员', 'Clerks only'],
  up: ['上移 {name}', 'Move {name} up'],
  drop: ['去掉 {name}', 'Remove {name}'],
})
