import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { ReviewRule } from './flags.ts'

const rules = z.array(ReviewRule).check(z.minLength(1), z.maxLength(40))

/** What makes a note worth a look, in the order it is shown. */
export const listReviewRules = endpoint({
  method: 'get',
  path: '/api/admin/review-rules',
  access: 'admin',
  input: z.object({}),
  output: z.object({ rules }),
})

/** All of them in their order. Notes of the last 30 days that nobody judged yet are looked at again by a job. */
export const saveReviewRules = endpoint({
  method: 'put',
  path: '/api/admin/review-rules',
  access: 'admin',
  input: z.object({ rules }),
  output: z.object({ rules }),
})

/** How many notes of the last 30 days this rule would flag, and whose: counts alone, for an admin reads no notes. At most 20,000 are looked at. */
export const previewReviewRule = endpoint({
  method: 'post',
  path: '/api/admin/review-rules/preview',
  access: 'admin',
  input: z.object({ rule: ReviewRule }),
  output: z.object({
    looked: z.number(),
    flagged: z.number(),
    members: z.array(z.object({ name: z.string(), notes: z.number() })),
  }),
})
