import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { GuardVerdict } from './guard.ts'
import { CustomerId } from './ids.ts'

/** What the assistant has to say of one customer, asked for once the card is painted. A part that cannot prove itself is absent. */
export const Aside = z.object({
  /** Where one more promotion would not be welcome. */
  guard: z.optional(GuardVerdict),
})
export type Aside = z.infer<typeof Aside>

export const getAside = endpoint({
  method: 'get',
  path: '/api/customers/:customerId/aside',
  access: 'rep',
  input: z.object({ customerId: CustomerId }),
  output: Aside,
})
