import { type ParsedCronItem, parseCronItems } from 'graphile-worker'
import type { Ctx } from '../context.ts'
import { auditJobs } from '../features/audit/jobs.ts'
import { bookJobs } from '../features/book/jobs.ts'
import { bulkJobs } from '../features/bulk/jobs.ts'
import { checkJobs } from '../features/checks/jobs.ts'
import { erasureJobs } from '../features/erasure/jobs.ts'
import { figureJobs } from '../features/figures/jobs.ts'
import { importJobs } from '../features/imports/jobs.ts'
import { inboxJobs } from '../features/inbox/jobs.ts'
import { memberJobs } from '../features/members/jobs.ts'
import { nextJobs } from '../features/next/jobs.ts'
import { noteJobs } from '../features/notes/jobs.ts'
import { orderJobs } from '../features/orders/jobs.ts'
import { outboxJobs } from '../features/outbox/jobs.ts'
import { productJobs } from '../features/products/jobs.ts'
import { receiptJobs } from '../features/receipts/jobs.ts'
import { repurchaseJobs } from '../features/repurchase/jobs.ts'
import { rfmJobs } from '../features/rfm/jobs.ts'
import { ruleJobs } from '../features/rules/jobs.ts'
import { syncJobs } from '../features/sync/jobs.ts'
import { tagHintJobs } from '../features/tag-hints/jobs.ts'
import { taskJobs } from '../features/tasks/jobs.ts'
import { transferJobs } from '../features/transfers/jobs.ts'
import { webhookJobs } from '../features/webhooks/jobs.ts'
import type { JobKind, JobPayloads } from './enqueue.ts'

type Handlers = { [K in JobKind]: (ctx: Ctx, payload: JobPayloads[K]) => Promise<void> }

/** Every kind of job and who does it. */
export const handlers: Handlers = {
  ...auditJobs,
  ...bookJobs,
  ...bulkJobs,
  ...checkJobs,
  ...erasureJobs,
  ...figureJobs,
  ...importJobs,
  ...inboxJobs,
  ...memberJobs,
  ...nextJobs,
  ...noteJobs,
  ...orderJobs,
  ...outboxJobs,
  ...productJobs,
  ...receiptJobs,
  ...repurchaseJobs,
  ...rfmJobs,
  ...ruleJobs,
  ...syncJobs,
  ...tagHintJobs,
  ...taskJobs,
  ...transferJobs,
  ...webhookJobs,
}

/** Times are UTC: 19:00 is three in the morning in the shops. */
export const CRON: ParsedCronItem[] = parseCronItems([
  { task: 'sync.begin', match: '0 19 * * *', identifier: 'nightly', payload: { kind: 'full' } },
  { task: 'sync.begin', match: '20 * * * *', identifier: 'hourly', payload: { kind: 'recent' } },
  { task: 'members.recheck', match: '*/10 * * * *' },
  { task: 'inbox.clean', match: '40 18 * * *' },
  { task: 'openings.clean', match: '50 * * * *' },
  { task: 'notes.cleanFiles', match: '45 18 * * *' },
  { task: 'next.clean', match: '46 18 * * *' },
  { task: 'receipts.clean', match: '55 18 * * *' },
  { task: 'tasks.remind', match: '* * * * *' },
  { task: 'book.readNames', match: '* * * * *' },
  { task: 'review.recheck', match: '10 20 * * *', options: { jobKey: 'review.recheck' } },
  // WeCom's numbers of yesterday are whole some hours after midnight in China.
  { task: 'figures.pull', match: '30 21 * * *', options: { jobKey: 'figures.pull' } },
  { task: 'figures.takeAll', match: '30 22 * * *', options: { jobKey: 'figures.takeAll' } },
  { task: 'rfm.compute', match: '40 16 * * *', options: { jobKey: 'rfm.compute' } },
  { task: 'orders.learn', match: '0 17 * * *', options: { jobKey: 'orders.learn' } },
  { task: 'products.learn', match: '20 17 * * 1-6', options: { jobKey: 'products.learn' } },
  { task: 'products.learnAnew', match: '20 17 * * 0', options: { jobKey: 'products.learn' } },
  // After the orders: what they show is part of it.
  { task: 'tags.learn', match: '40 17 * * *', options: { jobKey: 'tags.learn' } },
  { task: 'transfers.check', match: '*/15 * * * *', options: { jobKey: 'transfers.check' } },
  { task: 'imports.clean', match: '50 18 * * *' },
  { task: 'erasure.sweep', match: '5 18 * * *', options: { jobKey: 'erasure.sweep' } },
  { task: 'audit.seal', match: '5 * * * *', options: { jobKey: 'audit.seal' } },
  { task: 'webhooks.collect', match: '* * * * *', options: { jobKey: 'webhooks.collect' } },
  { task: 'rules.apply', match: '30 20 * * *', options: { jobKey: 'rules.apply' } },
])
