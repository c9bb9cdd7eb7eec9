import { defineMessages } from '#web/lib/i18n.ts'

export const t = defineMessages({
  search: ['找客户：名字或备注', 'Find by name or remark'],
  none: [
    '没有这样的客户。你看得到的，是你负责的部门和下级部门里同事的客户。',
    'None. You see customers of the departments you lead and those below.',
  ],
  customer: ['客户', 'Customer'],
  follower: ['跟进人', 'Followed by'],
  added: ['添加', 'Added'],
  lastOrder: ['最近购买', 'Last order'],
  recorded: ['这次查看已记入审计', 'This reading is recorded'],
  remark: ['备注', 'Remark'],
  salutation: ['称呼', 'Salutation'],
  description: ['描述', 'Description'],
  company: ['公司', 'Company'],
  phones: ['电话', 'Phone'],
  tags: ['标签', 'Tags'],
  asOf: ['核对于', 'As of'],
  only: ['只看 {name} 的', 'Only {name}'],
  all: ['看全部', 'Show all'],
})
