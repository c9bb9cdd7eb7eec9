import { defineQueryOptions } from '@pinia/colada'
import { getAside } from '#shared/aside.ts'
import type { CustomerId } from '#shared/ids.ts'
import { call } from '#web/lib/api.ts'

/** What the assistant says of this customer: one request for all its blocks. */
export const asideQuery = defineQueryOptions((customerId: CustomerId) => ({
  key: ['customers', customerId, 'aside'],
  query: ({ signal }) => call(getAside, { customerId }, signal),
  staleTime: 30_000,
}))
