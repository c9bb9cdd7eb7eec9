import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { BatchId, CustomerId, Instant, TagId } from './ids.ts'

const Wanted = {
  customers: z.array(CustomerId).check(z.minLength(1), z.maxLength(500)),
  add: z.array(TagId).check(z.maxLength(20)),
  remove: z.array(TagId).check(z.maxLength(20)),
}

/** What would change for whom; nothing is changed. `why`: it will be left out, because. Somebody else's customer and none at all look alike. */
export const previewBulk = endpoint({
  method: 'post',
  path: '/api/bulk-tags/preview',
  access: 'rep',
  input: z.object(Wanted),
  output: z.object({
    rows: z.array(
      z.object({
        customerId: CustomerId,
        name: z.string(),
        add: z.array(z.string()),
        remove: z.array(z.string()),
        why: z.nullable(z.enum(['same', 'notYours'])),
      }),
    ),
    changing: z.number(),
  }),
})

export const BulkRow = z.object({
  customerId: CustomerId,
  name: z.string(),
  state: z.enum(['waiting', 'done', 'same', 'failed']),
  message: z.nullable(z.string()),
})

/** `rows`: the failed first, then in order. `undoable`: something was changed and it has not been taken back. */
export const Batch = z.object({
  id: BatchId,
  total: z.number(),
  done: z.number(),
  failed: z.number(),
  finishedAt: z.nullable(Instant),
  undoable: z.boolean(),
  rows: z.array(BulkRow),
})
export type Batch = z.infer<typeof Batch>

/** Begins; a job does it, five customers at once, and goes on where it stopped. `batch` is an id the page makes up. */
export const beginBulk = endpoint({
  method: 'post',
  path: '/api/bulk-tags',
  access: 'rep',
  input: z.object({ batch: BatchId, ...Wanted }),
  output: Batch,
})

export const getBulk = endpoint({
  method: 'get',
  path: '/api/bulk-tags/:batchId',
  access: 'rep',
  input: z.object({ batchId: BatchId }),
  output: Batch,
})

/** Takes back what this batch really changed, customer by customer; answers the batch that does it. */
export const undoBulk = endpoint({
  method: 'post',
  path: '/api/bulk-tags/:batchId/undo',
  access: 'rep',
  input: z.object({ batchId: BatchId }),
  output: Batch,
})
