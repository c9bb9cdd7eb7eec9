import { defineMessages } from '#web/lib/i18n.ts'

export const t = defineMessages({
  search: ['找成员', 'Find a member'],
  none: ['没有这样的成员', 'No such member'],
  name: ['成员', 'Member'],
  store: ['部门', 'Department'],
  leads: ['负责', 'Leads'],
  clerk: ['店员', 'Clerk'],
  admin: ['管理员', 'Admin'],
  auditor: ['审计员', 'Auditor'],
  explain: [
    '店员看得到本店客户（不含同事写的备注和电话）；管理员管设置、不看客户；审计员看审计记录。部门负责人以企业微信里的为准。改了立刻生效，并记入审计。',
    'Clerks see their store’s customers without what colleagues wrote; admins see settings and no customers; auditors see the audit log. Managers are whoever leads a department in WeCom. Changes work at once and are recorded.',
  ],
  saved: ['{name} 的角色已改', 'Roles of {name} changed'],
  undo: ['撤销', 'Undo'],
})
