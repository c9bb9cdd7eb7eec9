import { defineMessages } from '#web/lib/i18n.ts'

export const t = defineMessages({
  hint: [
    '导购写跟进时一点就有的开头；范例由负责人在审阅里收进来',
    'Beginnings for notes; managers keep fine ones from the review',
  ],
  add: ['加模板', 'Add'],
  title: ['名字', 'Title'],
  body: ['内容', 'Text'],
  stage: ['哪个阶段', 'For which stage'],
  every: ['每个阶段', 'Every stage'],
  up: ['上移 {name}', 'Move {name} up'],
  drop: ['去掉 {name}', 'Remove {name}'],
  none: ['还没有模板', 'None yet'],
})
