import { defineMessages } from '#web/lib/i18n.ts'

export const t = defineMessages({
  hint: [
    '按客户要求删除全部资料；删后不能恢复，同步和备份也不会带回来',
    'Deletes all of a customer’s data on request; nothing brings it back',
  ],
  id: ['客户的 external_userid', 'The customer’s external_userid'],
  reason: ['原因（记入审计）', 'Why (recorded)'],
  erase: ['删除资料', 'Delete'],
  sure: [
    '会删除跟进、附件、待办、发送记录、字段、订单和关系，不能恢复。',
    'Notes, files, tasks, sends, fields, orders and ties go for good.',
  ],
  yes: ['确认删除', 'Delete for good'],
  no: ['不删了', 'Keep'],
  asked: ['已开始删除', 'Deletion has begun'],
  none: ['还没有删除过', 'Nobody was deleted yet'],
  mark: ['编号', 'Mark'],
  by: ['谁', 'Who'],
  state: ['状态', 'State'],
  waiting: ['删除中', 'Under way'],
  done: ['已删除', 'Deleted'],
  rows: ['删了多少', 'Rows'],
  when: ['时间', 'When'],
  failed: ['没成功：{why}', 'Failed: {why}'],
})
