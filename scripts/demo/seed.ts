import type { Deps } from '#server/context.ts'
import { enqueue } from '#server/jobs/enqueue.ts'
import { buildShop } from '../../simulator/shop/shop.ts'
import { STAR_CUSTOMER_ID } from '../../simulator/shop/star.ts'
import { stockDay } from './day.ts'
import { stockHandover } from './handover.ts'
import { stockNotes } from './notes.ts'
import { memberNumbers } from './member-numbers.ts'
import { stockOrders } from './orders.ts'
import { stockPromises } from './promises.ts'
import { stockProducts } from './products.ts'
import { stockReplies } from './replies.ts'
import { stockSends } from './sends.ts'

/**
 * What the demo shop's own systems would hold: replies with their pictures, order histories, and which customer has which member number.
 * Each part is done once; a second start finds it there.
 */
export async function seedDemo(
  deps: Deps,
  options: { sharedDir: string; now: Date; log: (line: string) => void },
): Promise<void> {
  const shop = buildShop(options.now)
  const stocked = await stockReplies(
    deps,
    shop.members.map((member) => member.userid),
  )
  if (stocked) options.log('replies stocked')
  await stockOrders(deps, memberNumbers(shop), options)
  await stockProducts(deps)
  await nameTheStar(deps)
  await stockDay(deps, shop, options.now)
  await stockHandover(deps, shop, options.now)
  await stockNotes(deps, shop, options.now)
  await stockSends(deps, shop, options.now)
  await stockPromises(deps, shop, options.now)
  await giveDemoRoles(deps)
  await learnSoon(deps)
}

/** What else is worked out at night: behind the open page, unless it was done today. */
async function learnSoon({ sql }: Deps): Promise<void> {
  const [done] = await sql`select 1 from rfm where at > now() - interval '20 hours' limit 1`
  if (done) return
  for (const kind of ['products.learn', 'orders.learn', 'rfm.compute'] as const)
    await enqueue(sql, kind, {}, { key: kind })
}

/** Somebody for every page of the desk. Whoever leads a department is a manager without being told. */
async function giveDemoRoles({ sql }: Deps): Promise<void> {
  const given = await sql`select 1 from member_roles limit 1`
  if (given.length > 0) return
  for (const [userId, role] of [
    ['ShenAn', 'admin'],
    ['GaoYuan', 'auditor'],
    ['ChenYiNuo', 'clerk'],
  ] as const)
    await sql`insert into member_roles (user_id, role, given_by, given_at) values (${userId}, ${role}, 'demo', now())
      on conflict do nothing`
}

/** The rep has long written down how to address their best customer; the first sync may have been there before us. */
async function nameTheStar({ sql }: Deps): Promise<void> {
  await sql`insert into customers (id, name, type) values (${STAR_CUSTOMER_ID}, '', 1) on conflict (id) do nothing`
  await sql`
    insert into follows (customer_id, user_id, salutation, added_at, synced_at)
    values (${STAR_CUSTOMER_ID}, 'LinXiaoYu', '李姐', now(), 'epoch')
    on conflict (customer_id, user_id) do update set salutation = excluded.salutation where follows.salutation = ''`
}
