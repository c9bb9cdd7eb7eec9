import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { Instant } from './ids.ts'

/** One run of the sync. `causes`: members that failed, by WeCom's errcode. `differences`: rows that were not as we had them. */
export const SyncRun = z.object({
  id: z.string(),
  kind: z.enum(['full', 'recent']),
  startedAt: Instant,
  finishedAt: z.nullable(Instant),
  members: z.number(),
  membersDone: z.number(),
  membersFailed: z.number(),
  causes: z.record(z.string(), z.number()),
  customers: z.number(),
  differences: z.number(),
})
export type SyncRun = z.infer<typeof SyncRun>

const Backlog = z.object({ waiting: z.number(), oldestSeconds: z.nullable(z.number()) })

/** How true our copy is and what is under way; the newest runs first. */
export const Operations = z.object({
  now: Instant,
  sync: z.array(SyncRun),
  inbox: Backlog,
  outbox: z.extend(Backlog, { failed: z.number() }),
  queue: z.object({ jobs: z.number(), oldestSeconds: z.nullable(z.number()) }),
  dead: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      key: z.nullable(z.string()),
      attempts: z.number(),
      error: z.nullable(z.string()),
    }),
  ),
})
export type Operations = z.infer<typeof Operations>

export const getOperations = endpoint({
  method: 'get',
  path: '/api/operations',
  access: 'admin',
  input: z.object({}),
  output: Operations,
})

/** Begins a full sync, unless one is under way. */
export const beginSync = endpoint({
  method: 'post',
  path: '/api/operations/sync',
  access: 'admin',
  input: z.object({}),
  output: z.object({ begun: z.boolean() }),
})

/** Gives every job that used up its attempts a new life. */
export const retryDead = endpoint({
  method: 'post',
  path: '/api/operations/retry-dead',
  access: 'admin',
  input: z.object({}),
  output: z.object({ retried: z.number() }),
})
