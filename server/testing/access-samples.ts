import * as contract from '#shared/contract.ts'
import type { Endpoint } from '#shared/endpoint.ts'

/** The ids that belong to somebody. A sample puts them where its contract wants them. */
export interface OwnedIds {
  customerId: string
  replyId: string
  /** Of the outbox. */
  entryId: string
  noteId: string
  viewId: string
  batchId: string
  taskId: string
  /** The member through whom a manager sees the customer. */
  followerId: string
  /** A note of somebody the caller leads, and a draw of the caller's. */
  ledNoteId: string
  sampleId: string
  /** A member whose roles an admin sets. */
  memberId: string
}

/** Ids that every member of the corp may name: pictures and tag groups are the company's. */
export const SHARED_IDS = new Set([
  'assetId',
  'groupId',
  'memberId',
  'fieldId',
  'ruleId',
  'importId',
  'keyId',
  'webhookId',
])
export const SAMPLE_FIELD = '5b2d1c0a-3f4e-4a6b-8c7d-9e0f1a2b3c4d'
export const SAMPLE_ASSET = '7d444840-9dc0-41d1-b245-5ffdce74fad2'

/** Uploads of the cast: this one, and two named after other samples, are ready for their requests. */
export const SAMPLE_IMPORT = 'c3d0e9aa-0b2c-4f57-9a1e-6a2b7c8d9e0f'

interface Sample {
  /** A valid input of the owner of these ids. */
  input: (ids: OwnedIds) => Record<string, unknown>
  /** The owner's answer holds what only the owner may know; the walk proves that it would notice. */
  reveals?: true
}

const words = { body: '新', result: null, visibility: 'team', mentions: [], files: [] }
const task = { title: '新', dueAt: '2027-01-01T02:00:00Z', remind: true, repeat: null }
const mapping = { order: 'a', sku: 'b', name: 'c', quantity: 'd', price: 'e', at: 'f', member: 'g' }
const layout = { source: 'shop', currency: 'CNY', mapping, utcOffset: 480, refundPrefix: 'C' }
const field = {
  id: SAMPLE_FIELD,
  name: '生日',
  type: 'text',
  options: [],
  required: false,
  roles: [],
  tags: [],
  birthday: false,
}
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const comment = () => ({ comment: crypto.randomUUID(), body: '好', replyTo: null, mentions: [] })
const reviewRule = { id: 'short', kind: 'short', name: '过短', tone: 'warn', words: [], limit: 3, enabled: true }
/** The verdict that stands on a note of the cast: named after it. */
export const REVIEW_OF = (ledNoteId: string): string => `a${ledNoteId.slice(1)}`
const parts = [{ type: 'text', text: '新' }]
const send = { part: 0, partType: 'text', content: 'x', outcome: 'ok', reason: null }

/** One sample per contract, by `feature.name`. A contract without one fails the walk. */
export const samples: Record<string, Sample> = {
  'customers.getCustomerCard': { input: ({ customerId }) => ({ customerId }), reveals: true },
  'customers.getCardVersion': { input: ({ customerId }) => ({ customerId }) },
  'customers.refreshCustomer': { input: ({ customerId }) => ({ customerId }), reveals: true },
  'customers.getCustomerProfile': { input: ({ customerId }) => ({ customerId }), reveals: true },
  'audit.listAudit': { input: () => ({}) },
  'audit.verifyAudit': { input: () => ({}) },
  'book.listBook': { input: () => ({}), reveals: true },
  'book.getBookKit': { input: () => ({}), reveals: true },
  'book.saveView': { input: () => ({ view: crypto.randomUUID(), name: '常看', filters: {} }) },
  'book.deleteView': { input: ({ viewId }) => ({ viewId }) },
  'bulk.previewBulk': { input: () => ({ customers: ['wm-nobody'], add: ['G-style-1'], remove: [] }) },
  'bulk.beginBulk': {
    input: () => ({ batch: crypto.randomUUID(), customers: ['wm-shared'], add: ['G-style-1'], remove: [] }),
  },
  'bulk.getBulk': { input: ({ batchId }) => ({ batchId }), reveals: true },
  'bulk.undoBulk': { input: ({ batchId }) => ({ batchId }), reveals: true },
  'customers.revealPhones': { input: ({ customerId }) => ({ customerId, reason: '回电' }), reveals: true },
  'customers.editFollow': {
    input: ({ customerId }) => ({ customerId, remark: '新备注', salutation: '姐' }),
    reveals: true,
  },
  'doctor.getDiagnosis': { input: () => ({}) },
  'erasure.listErasures': { input: () => ({}) },
  'erasure.eraseCustomer': { input: () => ({ customer: 'wm-shared', reason: '客户要求' }) },
  'exports.createExport': {
    input: () => ({
      export: crypto.randomUUID(),
      figure: 'kept',
      filters: {},
      asOf: '2026-01-05T00:00:00Z',
      format: 'csv',
    }),
  },
  'fields.listFields': { input: ({ customerId }) => ({ customerId }), reveals: true },
  'fields.setField': { input: ({ customerId }) => ({ customerId, fieldId: SAMPLE_FIELD, value: '新' }) },
  'fields.listFieldRules': { input: () => ({}) },
  'fields.saveFieldRules': { input: () => ({ fields: [field] }) },
  'figures.getFigures': { input: () => ({}) },
  'figures.getFigureMembers': { input: () => ({ figure: 'coverage' }) },
  'figures.listFigureRows': { input: () => ({ figure: 'activity' }), reveals: true },
  'imports.beginUpload': { input: () => ({ file: crypto.randomUUID(), name: 'a.csv', size: 1 }) },
  'imports.uploadPart': { input: () => ({ importId: SAMPLE_IMPORT, part: 0, content: 'QQ==' }) },
  'imports.listImports': { input: () => ({}) },
  'imports.getImport': { input: () => ({ importId: SAMPLE_IMPORT }) },
  'imports.previewImport': { input: () => ({ importId: SAMPLE_IMPORT }) },
  'imports.checkImport': { input: () => ({ importId: SAMPLE_IMPORT, layout }) },
  'imports.runImport': { input: () => ({ importId: SAMPLE_FIELD, layout }) },
  'imports.undoImport': { input: () => ({ importId: SAMPLE_ASSET }) },
  'imports.getImportErrors': { input: () => ({ importId: SAMPLE_IMPORT }) },
  'imports.listConflicts': { input: () => ({}) },
  'imports.decideConflict': { input: () => ({ buyer: '1000001', customer: null }) },
  'jssdk.signPage': { input: () => ({ url: 'http://pangbai.test/sidebar' }) },
  'keys.listKeys': { input: () => ({}) },
  'keys.createKey': { input: () => ({ name: 'ERP', scopes: ['orders'], days: 30 }) },
  'keys.revokeKey': { input: () => ({ keyId: SAMPLE_IMPORT }) },
  'led.listLedCustomers': { input: () => ({}), reveals: true },
  'led.getLedCustomer': { input: ({ customerId, followerId }) => ({ customerId, followerId }), reveals: true },
  'led.listLedTimeline': { input: ({ customerId, followerId }) => ({ customerId, followerId }), reveals: true },
  'library.getLibrary': { input: () => ({}) },
  'library.saveLibraryReply': {
    input: () => ({
      reply: crypto.randomUUID(),
      folder: null,
      title: '新',
      parts,
      departments: [],
      validFrom: null,
      validUntil: null,
    }),
  },
  'library.saveFolders': { input: () => ({ folders: [{ id: 'a', name: '售前' }] }) },
  'library.orderLibrary': { input: () => ({ replies: [SAMPLE_FIELD] }) },
  'library.changeLibrary': { input: () => ({ replies: [SAMPLE_FIELD], change: { kind: 'delete' } }) },
  'library.importLibrary': { input: () => ({ rows: [{ folder: '', title: '新', text: '新' }], check: true }) },
  'members.listMembers': { input: () => ({}) },
  'members.setRoles': { input: ({ memberId }) => ({ memberId, roles: ['clerk'] }) },
  'notes.createNote': {
    input: ({ customerId }) => ({
      customerId,
      note: crypto.randomUUID(),
      ...words,
      next: { task: crypto.randomUUID(), ...task },
    }),
  },
  'notes.updateNote': { input: ({ customerId, noteId }) => ({ customerId, noteId, version: 1, ...words }) },
  'notes.setNoteDeleted': { input: ({ customerId, noteId }) => ({ customerId, noteId, deleted: false }) },
  'notes.getNote': { input: ({ customerId, noteId }) => ({ customerId, noteId }), reveals: true },
  'notes.getNoteKit': { input: ({ customerId }) => ({ customerId }) },
  'notes.uploadFile': {
    input: ({ customerId }) => ({ customerId, file: crypto.randomUUID(), name: 'a.png', content: PNG }),
  },
  'operations.getOperations': { input: () => ({}) },
  'operations.beginSync': { input: () => ({}) },
  'operations.retryDead': { input: () => ({}) },
  'orders.disownOrders': { input: ({ customerId }) => ({ customerId }) },
  'orders.listOrders': { input: ({ customerId }) => ({ customerId }), reveals: true },
  'outbox.retryWrites': { input: ({ customerId }) => ({ customerId }), reveals: true },
  'outbox.dropWrite': { input: ({ customerId, entryId }) => ({ customerId, entryId }), reveals: true },
  'replies.listReplies': { input: () => ({}), reveals: true },
  'replies.createReply': { input: () => ({ title: '新', parts }) },
  'replies.updateReply': { input: ({ replyId }) => ({ replyId, title: '改', parts }) },
  'replies.deleteReply': { input: ({ replyId }) => ({ replyId }) },
  'replies.copyReply': { input: ({ replyId }) => ({ replyId }), reveals: true },
  'replies.moveReply': { input: ({ replyId }) => ({ replyId, to: 0 }) },
  'replies.setFavourite': { input: ({ replyId }) => ({ replyId, favourite: true }) },
  'replies.prepareMedia': { input: () => ({ assetId: SAMPLE_ASSET }) },
  'replies.warmMedia': { input: () => ({ assets: [SAMPLE_ASSET] }) },
  'replies.uploadAsset': {
    input: () => ({ asset: crypto.randomUUID(), name: 'a.png', width: 1, height: 1, content: PNG }),
  },
  'sends.listSent': { input: ({ customerId }) => ({ customerId }) },
  'review.listReview': { input: () => ({ tab: 'low', days: '30' }), reveals: true },
  'review.getReviewNote': { input: ({ ledNoteId }) => ({ ledNoteId }), reveals: true },
  'review.judgeNote': {
    input: ({ ledNoteId }) => ({
      ledNoteId,
      review: crypto.randomUUID(),
      version: 1,
      verdict: 'returned',
      scores: null,
      comment: '改',
    }),
    reveals: true,
  },
  'review.undoVerdict': { input: ({ ledNoteId }) => ({ ledNoteId, review: REVIEW_OF(ledNoteId) }), reveals: true },
  'review.commentNote': { input: ({ ledNoteId }) => ({ ledNoteId, ...comment() }) },
  'review.keepAsTemplate': { input: ({ ledNoteId }) => ({ ledNoteId, title: '范例', body: '需求：' }) },
  'review.drawSample': { input: () => ({ sample: crypto.randomUUID() }), reveals: true },
  'review.passSample': { input: ({ sampleId }) => ({ sampleId }) },
  'review.getNoteReview': { input: ({ customerId, noteId }) => ({ customerId, noteId }) },
  'review.answerReview': { input: ({ customerId, noteId }) => ({ customerId, noteId, ...comment() }) },
  'reviewRules.listReviewRules': { input: () => ({}) },
  'reviewRules.saveReviewRules': { input: () => ({ rules: [reviewRule] }) },
  'reviewRules.previewReviewRule': { input: () => ({ rule: reviewRule }) },
  'rules.listRules': { input: () => ({}) },
  'rules.previewRule': { input: () => ({ tag: 'G-style-1', condition: { ordersAtLeast: 1 } }) },
  'rules.saveRule': {
    input: () => ({
      ruleId: SAMPLE_FIELD,
      name: '老客',
      tag: 'G-style-1',
      condition: { ordersAtLeast: 99 },
      enabled: false,
    }),
  },
  'rules.deleteRule': { input: () => ({ ruleId: SAMPLE_FIELD }) },
  'sends.recordSend': {
    input: ({ customerId, replyId }) => ({ customerId, replyId, key: crypto.randomUUID(), ...send }),
  },
  'session.getMe': { input: () => ({}) },
  'session.signOut': { input: () => ({}) },
  'store.listStoreTags': { input: () => ({}) },
  'store.markStoreTags': {
    input: ({ customerId }) => ({ customerId, add: ['G-style-2'], remove: [] }),
  },
  'stages.listStages': { input: () => ({}) },
  'stages.saveStages': { input: () => ({ stages: [{ id: 'won', name: '已成交', kind: 'won' }] }) },
  'stages.moveStage': {
    input: ({ customerId }) => ({ customerId, move: crypto.randomUUID(), stage: 'won', reason: null }),
  },
  'store.listStoreCustomers': { input: () => ({}), reveals: true },
  'store.getStoreCustomer': { input: ({ customerId }) => ({ customerId }), reveals: true },
  'tasks.createTask': { input: ({ customerId }) => ({ customerId, task: crypto.randomUUID(), ...task }) },
  'tasks.updateTask': { input: ({ customerId, taskId }) => ({ customerId, taskId, remind: true }), reveals: true },
  'tasks.settleTask': { input: ({ customerId, taskId }) => ({ customerId, taskId, state: 'open' }), reveals: true },
  'tasks.listTasks': { input: ({ customerId }) => ({ customerId }), reveals: true },
  'tasks.getToday': { input: () => ({}), reveals: true },
  'timeline.listTimeline': { input: ({ customerId }) => ({ customerId }), reveals: true },
  'timeline.setPin': { input: ({ customerId }) => ({ customerId, entry: 'note:none', pinned: false }) },
  'tags.listTags': { input: ({ customerId }) => ({ customerId }) },
  'tags.markTags': { input: ({ customerId }) => ({ customerId, add: ['G-style-2'], remove: [] }), reveals: true },
  'templates.listTemplates': { input: () => ({}) },
  'templates.saveTemplates': { input: () => ({ templates: [{ stage: null, title: '试穿', body: '需求：' }] }) },
  'transfers.beginTransfer': {
    input: ({ customerId, followerId }) => ({
      batch: crypto.randomUUID(),
      ties: [{ customer: customerId, follower: followerId }],
      to: followerId === 'rep-foreign' ? 'clerk-foreign' : 'clerk-owner',
      reason: '换店',
      message: '',
    }),
  },
  'transfers.listTransfers': { input: () => ({}) },
  'transfers.listTakers': { input: () => ({}) },
  'tagGroups.listTagGroups': { input: () => ({}) },
  'tagGroups.addTags': {
    input: () => ({ group: { name: `新组 ${crypto.randomUUID().slice(0, 8)}` }, tags: ['甲'] }),
  },
  'tagGroups.renameTag': { input: () => ({ id: 'G-own-1', name: '甲乙' }) },
  'tagGroups.removeTag': { input: () => ({ id: 'G-own-2', kind: 'tag' }) },
  'tagGroups.orderTags': { input: () => ({ ids: ['G-own-1'] }) },
  'tagGroups.setSingle': { input: () => ({ id: 'G-style', single: false }) },
  'tags.createTag': { input: ({ customerId }) => ({ customerId, groupId: 'G-style', name: '新标签' }), reveals: true },
  'webhooks.listWebhooks': { input: () => ({}) },
  'webhooks.createWebhook': { input: () => ({ url: 'https://example.com/hook', events: ['customer.tags'] }) },
  'webhooks.setWebhook': { input: () => ({ webhookId: SAMPLE_IMPORT, enabled: false }) },
  'webhooks.deleteWebhook': { input: () => ({ webhookId: SAMPLE_FIELD }) },
  'webhooks.replayWebhook': { input: () => ({ webhookId: SAMPLE_IMPORT }) },
}

export interface Named {
  name: string
  endpoint: Endpoint
}

/** Every contract there is, found by walking the modules: a new one joins by itself. */
export const everyEndpoint: Named[] = Object.entries(contract).flatMap(([feature, module]) =>
  Object.entries(module).flatMap(([name, value]: [string, unknown]) =>
    isEndpoint(value) ? [{ name: `${feature}.${name}`, endpoint: value }] : [],
  ),
)

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && 'path' in value && 'access' in value
}

export function sampleOf(name: string): Sample {
  const sample = samples[name]
  if (!sample)
    throw new Error(`${name} has no sample: add one to access-samples.ts, so that the walk can try to break in`)
  return sample
}

/** The owned ids that this contract takes anywhere in its input. */
export function positionsOf(name: string): (keyof OwnedIds)[] {
  const { input } = sampleOf(name)
  const ids = {
    customerId: 'c',
    replyId: 'r',
    entryId: 'e',
    noteId: 'n',
    viewId: 'v',
    batchId: 'b',
    taskId: 't',
    ledNoteId: 'l',
    sampleId: 's',
    followerId: 'f',
    memberId: 'm',
  }
  const mine = steady(input(ids))
  return (Object.keys(ids) as (keyof OwnedIds)[]).filter(
    (id) => !SHARED_IDS.has(id) && mine !== steady(input({ ...ids, [id]: 'other' })),
  )
}

/** As text, without the ids that a sample makes up anew. */
const steady = (input: Record<string, unknown>): string =>
  JSON.stringify(input).replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '')
