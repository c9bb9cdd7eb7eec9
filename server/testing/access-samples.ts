import * as contract from '#shared/contract.ts'
import type { Endpoint } from '#shared/endpoint.ts'
import { deskSamples } from './access-desk-samples.ts'
import { type OwnedIds, parts, type Sample, SAMPLE_ASSET, SAMPLE_FIELD, SHARED_IDS } from './access-ids.ts'

const words = { body: '新', result: null, visibility: 'team', mentions: [], files: [] }
const guardRules = {
  weights: { mass: 1, promotion: 0.6, service: 0.2 },
  warnAt: 1.5,
  blockAt: 3,
  weekly: 3,
  monthly: 4,
}
const task = { title: '新', dueAt: '2027-01-01T02:00:00Z', remind: true, repeat: null }
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
const send = { part: 0, partType: 'text', content: 'x', outcome: 'ok', reason: null }

/** One sample per contract, by `feature.name`. A contract without one fails the walk. */
export const samples: Record<string, Sample> = {
  ...deskSamples,
  'customers.getCustomerCard': { input: ({ customerId }) => ({ customerId }), reveals: true },
  'customers.getCardVersion': { input: ({ customerId }) => ({ customerId }) },
  'customers.refreshCustomer': { input: ({ customerId }) => ({ customerId }), reveals: true },
  'customers.getCustomerProfile': { input: ({ customerId }) => ({ customerId }), reveals: true },
  'aside.getAside': { input: ({ customerId }) => ({ customerId }) },
  'ask.askReplies': { input: ({ customerId }) => ({ customerId, text: '怎么退货' }) },
  'drafts.getAssistant': { input: () => ({}) },
  'drafts.writeDraft': { input: ({ customerId }) => ({ customerId, mode: 'summary', text: '' }), reveals: true },
  'brief.getBrief': { input: ({ customerId }) => ({ customerId }), reveals: true },
  'brief.wordBrief': { input: ({ customerId }) => ({ customerId }) },
  'brief.printBrief': { input: ({ customerId }) => ({ customerId }) },
  'brief.dismissBrief': { input: ({ customerId }) => ({ customerId, dismissed: true }) },
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
  'fields.listFields': { input: ({ customerId }) => ({ customerId }), reveals: true },
  'fields.setField': { input: ({ customerId }) => ({ customerId, fieldId: SAMPLE_FIELD, value: '新' }) },
  'fields.listFieldRules': { input: () => ({}) },
  'fields.saveFieldRules': { input: () => ({ fields: [field] }) },
  'jssdk.signPage': { input: () => ({ url: 'http://pangbai.test/sidebar' }) },
  'next.settleNext': { input: ({ customerId }) => ({ customerId, kind: 'due', fact: 'x', outcome: 'taken' }) },
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
  'guard.getGuard': { input: ({ customerId }) => ({ customerId }), reveals: true },
  'guard.setRefusal': { input: ({ customerId }) => ({ customerId, reason: null }) },
  'guard.overrideGuard': { input: ({ customerId }) => ({ customerId, reason: '客户等着要', content: '' }) },
  'guard.getGuardRules': { input: () => ({}) },
  'guard.saveGuardRules': { input: () => ({ rules: guardRules }) },
  'guard.previewGuard': { input: () => ({ rules: guardRules }) },
  'tastes.denyTaste': { input: ({ customerId }) => ({ customerId, word: 'size:M', denied: true }) },
  'quiet.getQuiet': { input: () => ({}) },
  'quiet.saveQuiet': { input: () => ({ quiet: { from: 1260, until: 540 } }) },
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
  'tagHints.listTagHints': { input: ({ customerId }) => ({ customerId }) },
  'tagHints.answerTagHint': { input: ({ customerId }) => ({ customerId, tag: 'G-style-2', answer: 'rejected' }) },
  'tagHints.getTagTrial': { input: () => ({}) },
  'tags.listTags': { input: ({ customerId }) => ({ customerId }) },
  'tags.markTags': { input: ({ customerId }) => ({ customerId, add: ['G-style-2'], remove: [] }), reveals: true },
  'tags.createTag': { input: ({ customerId }) => ({ customerId, groupId: 'G-style', name: '新标签' }), reveals: true },
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
