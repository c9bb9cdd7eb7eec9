import { run, type Runner } from '../db/json.ts'

/** What each kind of job is given. The handlers are in the features' `jobs.ts`. */
export interface JobPayloads {
  'inbox.apply': { subject: string }
  'sync.begin': { kind: 'full' | 'recent' }
  'sync.member': { runId: string; userId: string }
  'sync.details': Record<string, never>
  'members.recheck': Record<string, never>
  'outbox.send': { customerId: string }
  'inbox.clean': Record<string, never>
  'openings.clean': Record<string, never>
  'notes.cleanFiles': Record<string, never>
  'next.clean': Record<string, never>
  'receipts.clean': Record<string, never>
  'tasks.remind': Record<string, never>
  'book.readNames': Record<string, never>
  'bulk.tag': { batchId: string }
  'rules.apply': Record<string, never>
  'orders.learn': Record<string, never>
  'tags.learn': Record<string, never>
  'products.learn': Record<string, never>
  'products.learnAnew': Record<string, never>
  'rfm.compute': Record<string, never>
  'orders.match': { source: string }
  'erasure.purge': { customerId: string }
  'erasure.sweep': Record<string, never>
  'audit.seal': Record<string, never>
  'webhooks.collect': Record<string, never>
  'webhooks.send': { delivery: string }
  'imports.work': { fileId: string }
  'imports.clean': Record<string, never>
  'review.recheck': Record<string, never>
  'transfers.send': { batch: string }
  'transfers.check': Record<string, never>
  'figures.pull': Record<string, never>
  'figures.take': {
    userId: string
    filters: { days?: '7' | '30' | '90' | undefined; store?: string | undefined; member?: string | undefined }
  }
  'figures.takeAll': Record<string, never>
}
export type JobKind = keyof JobPayloads

export interface JobOptions {
  /** Waiting work with the same key is merged into one; work that already runs is not: the job then runs once more. */
  key?: string
  /** Earlier numbers first; events before bulk. */
  priority?: number
  /** Not before so many seconds from now. */
  afterSeconds?: number
  attempts?: number
}

const ATTEMPTS = 12

/** Enqueues a job in the transaction of `sql`: it exists exactly when what the transaction wrote does. */
export async function enqueue<K extends JobKind>(
  sql: Runner,
  kind: K,
  payload: JobPayloads[K],
  { key, priority = 0, afterSeconds = 0, attempts = ATTEMPTS }: JobOptions = {},
): Promise<void> {
  const text = `select graphile_worker.add_job($1, $2::text::json, run_at := now() + $3::int * interval '1 second',
    max_attempts := $4::int, job_key := $5, priority := $6::int)`
  await run(sql, text, [kind, JSON.stringify(payload), afterSeconds, attempts, key ?? null, priority])
}
