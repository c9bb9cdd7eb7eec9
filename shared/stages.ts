import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { CustomerId, MoveId } from './ids.ts'
import { CurrentStage, Stage } from './stage.ts'

/** The corp's pipeline in its order. */
export const listStages = endpoint({
  method: 'get',
  path: '/api/stages',
  access: 'rep',
  input: z.object({}),
  output: z.object({ stages: z.array(Stage) }),
})

/** `move` is an id the page makes up; `stage` null takes the customer out of the pipeline. A lost stage wants a reason. */
export const moveStage = endpoint({
  method: 'post',
  path: '/api/customers/:customerId/stage',
  access: 'rep',
  input: z.object({
    customerId: CustomerId,
    move: MoveId,
    stage: z.nullable(z.string().check(z.maxLength(40))),
    reason: z.nullable(z.string().check(z.trim(), z.maxLength(200))),
  }),
  output: z.object({ stage: z.nullable(CurrentStage) }),
})

const StageRule = z.object({
  id: z.string().check(z.regex(/^[\w-]{1,40}$/)),
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(12)),
  kind: z.enum(['open', 'won', 'lost']),
})

/** The whole pipeline in its order: a new id is a new stage, a missing one is retired; customers who stand there stay until they are moved. */
export const saveStages = endpoint({
  method: 'put',
  path: '/api/admin/stages',
  access: 'admin',
  input: z.object({ stages: z.array(StageRule).check(z.minLength(1), z.maxLength(12)) }),
  output: z.object({ stages: z.array(Stage) }),
})
