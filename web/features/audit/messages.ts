import { defineMessages } from '#web/lib/i18n.ts'

export const t = defineMessages({
  actor: ['谁（userid）', 'Who (userid)'],
  action: ['做了什么', 'What'],
  anything: ['全部', 'Anything'],
  verify: ['校验', 'Verify'],
  whole: [
    '完整：{entries} 条、{seals} 个封条都对得上，{unsealed} 条还没封',
    'Whole: {entries} entries under {seals} seals; {unsealed} not sealed yet',
  ],
  broken: ['从第 {id} 条起对不上，可能被改过或删过', 'From entry {id} on it does not hold: changed or removed'],
  failed: ['没校验成：{why}', 'Not verified: {why}'],
  none: ['没有这样的记录', 'No such entry'],
  when: ['时间', 'When'],
  who: ['谁', 'Who'],
  subject: ['对象', 'To whom'],
  detail: ['详情', 'Detail'],
})

/** What is recorded by now. An action this page has not heard of is shown by its code. */
export const ACTIONS = {
  'customer.phones_revealed': ['查看完整电话', 'Saw whole phones'],
  'customer.read_as_manager': ['负责人查看客户', 'Read as manager'],
  'customers.bulk_refused': ['大量打开客户被拒', 'Bulk opening refused'],
  'note.read_as_manager': ['负责人看跟进', 'Read a note'],
  'note.passed': ['通过跟进', 'Passed a note'],
  'note.returned': ['退回跟进', 'Returned a note'],
  'note.escalated': ['转合规', 'Escalated a note'],
  'note.verdict_undone': ['撤销审阅', 'Took a verdict back'],
  'notes.passed_by_sample': ['抽样通过', 'Passed by sample'],
  'note_template.added': ['收进范例', 'Kept an example'],
  'note_templates.saved': ['改跟进模板', 'Changed note templates'],
  'library.reply_saved': ['改话术', 'Changed a reply'],
  'library.folders_saved': ['改话术文件夹', 'Changed folders'],
  'library.replies_move': ['移动话术', 'Moved replies'],
  'library.replies_until': ['改话术有效期', 'Changed validity'],
  'library.replies_delete': ['删话术', 'Deleted replies'],
  'library.imported': ['导入话术', 'Imported replies'],
  'review_rules.saved': ['改审阅规则', 'Changed review rules'],
  'customer.transfer_asked': ['移交客户', 'Handed a customer over'],
  'orders.imported': ['导入订单', 'Imported orders'],
  'orders.import_undone': ['撤销导入', 'Took an import back'],
  'buyer.matched': ['确定买家', 'Matched a buyer'],
  'buyer.disowned': ['断开买家', 'Disconnected a buyer'],
  'api_key.created': ['建密钥', 'Made a key'],
  'api_key.revoked': ['停用密钥', 'Revoked a key'],
  'export.created': ['导出', 'Asked for an export'],
  'export.fetched': ['下载导出', 'Fetched an export'],
  'customer.erasure_asked': ['要求删除资料', 'Asked for deletion'],
  'customer.erased': ['删除了资料', 'Deleted data'],
  'rules.saved': ['改自动标签', 'Changed a tag rule'],
  'fields.saved': ['改客户字段', 'Changed fields'],
  'stages.saved': ['改跟进阶段', 'Changed stages'],
  'roles.set': ['改角色', 'Set roles'],
  'sync.begun': ['开始全量同步', 'Began a full sync'],
  'jobs.retried': ['重试失败作业', 'Retried dead jobs'],
} as const satisfies Record<string, readonly [string, string]>

const action = defineMessages(ACTIONS)
export const actionText = (code: string): string => (code in ACTIONS ? action(code as keyof typeof ACTIONS) : code)
