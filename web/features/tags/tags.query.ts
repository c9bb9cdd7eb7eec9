import { defineQueryOptions } from '@pinia/colada'
import type { Output } from '#shared/endpoint.ts'
import type { CustomerId } from '#shared/ids.ts'
import { listTags } from '#shared/tags.ts'
import { call } from '#web/lib/api.ts'

export type TagLibrary = Output<typeof listTags>

/** The corp's tags and this customer's suggestions, fetched when the sheet opens. */
export const tagsQuery = defineQueryOptions((customerId: CustomerId) => ({
  key: ['customers', customerId, 'tag-library'],
  query: ({ signal }) => call(listTags, { customerId }, signal),
  staleTime: 300_000,
}))
