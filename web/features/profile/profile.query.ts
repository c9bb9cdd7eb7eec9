import { defineQueryOptions } from '@pinia/colada'
import { getCustomerProfile } from '#shared/customers.ts'
import type { CustomerId } from '#shared/ids.ts'
import { call } from '#web/lib/api.ts'

/** The full profile, fetched when its sheet opens. */
export const profileQuery = defineQueryOptions((customerId: CustomerId) => ({
  key: ['customers', customerId, 'profile'],
  query: ({ signal }) => call(getCustomerProfile, { customerId }, signal),
  staleTime: 60_000,
}))
