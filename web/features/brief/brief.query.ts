import { defineQueryOptions } from '@pinia/colada'
import { getBrief, getLedBrief } from '#shared/brief.ts'
import type { CustomerId } from '#shared/ids.ts'
import { call } from '#web/lib/api.ts'

export const briefQuery = defineQueryOptions((customerId: CustomerId) => ({
  key: ['customers', customerId, 'brief'],
  query: ({ signal }) => call(getBrief, { customerId }, signal),
  staleTime: 10_000,
}))

/** Reading it is recorded: not again while it is looked at. */
export const ledBriefQuery = defineQueryOptions(
  ({ customerId, followerId }: { customerId: CustomerId; followerId: string }) => ({
    key: ['led', customerId, followerId, 'brief'],
    query: ({ signal }) => call(getLedBrief, { customerId, followerId }, signal),
    staleTime: 60_000,
  }),
)
