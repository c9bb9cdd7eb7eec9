import { defineMessages } from '#web/lib/i18n.ts'

export const admin = defineMessages({
  hint: ['导购在侧边栏一点就移动；流失要写原因', 'Reps move a customer with one tap; losing one asks why'],
  add: ['加阶段', 'Add a stage'],
  name: ['名字', 'Name'],
  kind: ['性质', 'Kind'],
  open: ['进行中', 'Under way'],
  won: ['成交', 'Won'],
  lost: ['流失', 'Lost'],
  up: ['上移 {name}', 'Move {name} up'],
  drop: ['去掉 {name}', 'Remove {name}'],
})
