import type { Ctx, Deps } from '#server/context.ts'
import { enqueue } from '#server/jobs/enqueue.ts'
import type { RemoteCustomer, RemoteTie } from '#server/wecom/port.ts'
import { learnTags, sortOut } from '../tags/service.ts'
import { hasRun, markRead } from './queries.ts'
import { endUnseenOfCustomer, storeTies } from './store.ts'

export { hasOpenRun } from './queries.ts'

/**
 * Makes our copy of one customer what WeCom has now, for everybody who follows them. Answers how many rows were different.
 * A customer WeCom no longer knows, or nobody in range follows, keeps their history; their ties end.
 */
export async function syncCustomer(ctx: Ctx, customerId: string): Promise<number> {
  const asked = ctx.now()
  const remote = await ctx.wecom.readCustomer(customerId)
  const ties = remote ? await tiesOf(ctx, remote) : []
  return await ctx.sql.begin(async (tx) => {
    const differences = await storeTies(tx, ties, asked, true)
    await markRead(tx, customerId, asked)
    return differences + (await endUnseenOfCustomer(tx, customerId, asked))
  })
}

async function tiesOf(ctx: Ctx, { follows, ...customer }: RemoteCustomer): Promise<RemoteTie[]> {
  const known = await learnTags(
    ctx,
    follows.flatMap((follow) => follow.tags.map((tag) => tag.id)),
  )
  return follows.map((follow) => {
    const { tags: _, ...tie } = follow
    return { customer, follow: { ...tie, ...sortOut(follow, known) } }
  })
}

/** On a database that has never been filled, the first run begins as soon as a worker is there. */
export async function beginFirstSync({ sql }: Pick<Deps, 'sql'>): Promise<void> {
  if (await hasRun(sql)) return
  await enqueue(sql, 'sync.begin', { kind: 'full' }, { key: 'first sync' })
}
