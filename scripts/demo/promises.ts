import type { Deps } from '#server/context.ts'
import { enqueue } from '#server/jobs/enqueue.ts'
import { DAY_MS, SHOP_MS } from '#shared/shop-time.ts'
import type { buildShop } from '../../simulator/shop/shop.ts'
import { idOf } from './ids.ts'

/** The demo's own rep keeps what stockDay gave them. */
const REP = 'LinXiaoYu'
const HOW_MANY = 60
const TITLES = [
  '明天发客户色卡',
  '到货通知客户',
  '周五前给报价',
  '晚点把链接发客户',
  '给客户补寄一个',
  '帮客户问下仓库',
]

/** What the other reps promised in five weeks and how it went: most kept on their day, some late, some still open. Once. */
export async function stockPromises(
  { sql }: Pick<Deps, 'sql'>,
  shop: ReturnType<typeof buildShop>,
  now: Date,
): Promise<void> {
  const [found] = await sql`select 1 from tasks where id = ${idOf('promise', '0')}`
  if (found) return
  const ties = shop.customers.flatMap((customer) =>
    customer.follows
      .filter((follow) => follow.userid !== REP && follow.relation === 'active')
      .map((follow) => ({ customer: customer.externalUserid, member: follow.userid })),
  )
  const today = Math.floor((now.getTime() + SHOP_MS) / DAY_MS)
  const instant = (day: number, hour: number) =>
    new Date((today + day) * DAY_MS + hour * 3_600_000 - SHOP_MS).toISOString()
  const rows = Array.from({ length: HOW_MANY }, (_, i) => {
    const { customer, member } = ties[(i * 7 + 3) % ties.length]!
    const day = -1 - ((i * 11) % 35)
    const settled = i % 6 === 5 ? null : instant(i % 5 === 4 ? day + 1 : day, i % 5 === 4 ? 9 : 16)
    return {
      id: idOf('promise', String(i)),
      customer,
      member,
      title: TITLES[i % TITLES.length],
      made: instant(day - 2, 15),
      due: instant(day, 10),
      settled,
      from: i % 3 === 0 ? 'note' : 'send',
    }
  })
  await sql.begin(async (tx) => {
    await tx`
      insert into tasks (id, customer_id, user_id, title, due_at, state, promised_from, created_at, settled_at)
      select id, customer, member, title, due, case when settled is null then 'open' else 'done' end, "from", made, settled
      from json_to_recordset(${JSON.stringify(rows)}::text::json) as r
        (id uuid, customer text, member text, title text, made timestamptz, due timestamptz, settled timestamptz, "from" text) on conflict (id) do nothing`
    await enqueue(tx, 'tags.learn', {}, { key: 'tags.learn', afterSeconds: 60 })
  })
}
