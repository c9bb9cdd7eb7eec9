import { type ParsedCronItem, parseCronItems } from 'graphile-worker'
import type { Ctx } from '../context.ts'
import { auditJobs } from '../features/audit/jobs.ts'
import { inboxJobs } from '../features/inbox/jobs.ts'
import { memberJobs } from '../features/members/jobs.ts'
import { outboxJobs } from '../features/outbox/jobs.ts'
import { syncJobs } from '../features/sync/jobs.ts'
import type { JobKind, JobPayloads } from './enqueue.ts'

type Handlers = { [K in JobKind]: (ctx: Ctx, payload: JobPayloads[K]) => Promise<void> }

/** Every kind of job and who does it. */
export const handlers: Handlers = { ...auditJobs, ...inboxJobs, ...memberJobs, ...outboxJobs, ...syncJobs }

/** Times are UTC: 19:00 is three in the morning in the shops. */
export const CRON: ParsedCronItem[] = parseCronItems([
  { task: 'sync.begin', match: '0 19 * * *', identifier: 'nightly', payload: { kind: 'full' } },
  { task: 'sync.begin', match: '20 * * * *', identifier: 'hourly', payload: { kind: 'recent' } },
  { task: 'members.recheck', match: '*/10 * * * *' },
  { task: 'inbox.clean', match: '40 18 * * *' },
  { task: 'openings.clean', match: '50 * * * *' },
])
