import type { Deps } from '#server/context.ts'
import type { ReceivedEvent } from '#server/wecom/callback.ts'
import { type Change, changeOf } from '#server/wecom/events.ts'
import { keep } from './queries.ts'

/** For a short while after a tie is cut WeCom still lists it. */
const LAG_SECONDS = 3

/** What a change is about: the key under which waiting work is merged. */
export const subjectOf = (change: Change): string | null => {
  switch (change.kind) {
    case 'customer':
      return `customer ${change.customerId}`
    case 'member':
      return `member ${change.userId}`
    case 'tags':
    case 'departments':
      return change.kind
    case 'chat':
      return null
  }
}

/** Stores an event and enqueues what it asks for. WeCom may be told it arrived as soon as this resolves. */
export async function receive(deps: Pick<Deps, 'sql' | 'now'>, { digest, fields }: ReceivedEvent): Promise<void> {
  const change = changeOf(fields)
  const changeType = fields['ChangeType'] ?? null
  const arrival = {
    digest,
    event: fields['Event'] ?? '',
    changeType,
    subject: change ? subjectOf(change) : null,
    fields,
  }
  await keep(deps.sql, arrival, changeType?.startsWith('del_') ? LAG_SECONDS : 0, deps.now())
}
