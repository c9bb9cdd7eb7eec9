import { defineMessages } from '#web/lib/i18n.ts'

export const t = defineMessages({
  hint: ['纵向看买得多不多，横向看主动联系多不多', 'Down: what they buy; across: what they do by themselves'],
  proxy: [
    '“影响”按客户自己的动作算：添加我们（1）、外部系统报来的动态（2）、下单（3），近 90 天。没有会话存档，看不到客户发的消息，这是个近似。',
    'Influence is a proxy: adding us (1), events other systems tell (2), orders (3), in 90 days. Without WeCom’s archive their messages are not known.',
  ],
  at: ['{at} 算的', 'Worked out {at}'],
  never: ['每天夜里算一次，还没有算过', 'Worked out every night; not yet'],
  value: ['价值', 'Value'],
  influence: ['影响', 'Influence'],
  never_bought: ['没买过', 'Never bought'],
  cell: ['价值 {value}、影响 {influence}：{n} 位', 'Value {value}, influence {influence}: {n}'],
  purchase: ['按购买分', 'By purchases'],
  connection: ['按往来分', 'By acts'],
  grid: ['价值 × 影响', 'Value by influence'],
  none: ['没有这样的客户', 'Nobody'],
  name: ['客户', 'Customer'],
  follower: ['跟进人', 'Follower'],
  last: ['最近下单', 'Last order'],
})
