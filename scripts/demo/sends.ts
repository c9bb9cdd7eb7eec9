import type { Deps } from '#server/context.ts'
import { enqueue } from '#server/jobs/enqueue.ts'
import { DAY_MS } from '#shared/shop-time.ts'
import { promotionIn } from '#shared/touch-kind.ts'
import type { buildShop } from '../../simulator/shop/shop.ts'
import { COMPANY } from './library/company.ts'
import { parseLibrary } from './library/parse.ts'
import { idOf } from './ids.ts'

/** The demo's own rep has sent nothing yet: what they send is seen at once. */
const REP = 'LinXiaoYu'
const EVERY = 3
const DAYS = 60

/** What the other reps sent in two months, so that their managers' figures have something to count. Once. */
export async function stockSends(
  { sql }: Pick<Deps, 'sql'>,
  shop: ReturnType<typeof buildShop>,
  now: Date,
): Promise<void> {
  const [found] = await sql`select 1 from sends where key = ${idOf('send', '0')}`
  if (found) return
  const replies = parseLibrary(COMPANY)
  const ties = shop.customers.flatMap((customer) =>
    customer.follows
      .filter((follow) => follow.userid !== REP && follow.relation === 'active')
      .map((follow) => ({ customer: customer.externalUserid, member: follow.userid })),
  )
  const rows = ties.flatMap(({ customer, member }, i) => {
    if (i % EVERY !== 0) return []
    return Array.from({ length: 1 + (i % 4) }, (_, n) => {
      const reply = replies[(i + n * 5) % replies.length]!
      const ago = ((i * 7 + n * 13) % DAYS) * DAY_MS + ((i * 37 + n * 11) % 600) * 60_000
      return {
        key: idOf('send', i === 0 && n === 0 ? '0' : `${i} ${n}`),
        customer,
        member,
        reply: (i + n) % 4 === 0 ? null : idOf('reply ', reply.title),
        content: reply.text.slice(0, 200),
        kind: promotionIn(reply.text) === null ? 'service' : 'promotion',
        at: new Date(now.getTime() - 3_600_000 - ago).toISOString(),
      }
    })
  })
  await sql.begin(async (tx) => {
    await tx`
      insert into sends (key, customer_id, user_id, reply_id, part, part_type, content, outcome, sent_at, kind)
      select key, customer, member, reply, 0, 'text', content, 'ok', at, kind
      from json_to_recordset(${JSON.stringify(rows)}::text::json) as r
        (key uuid, customer text, member text, reply uuid, content text, at timestamptz, kind text) on conflict (key) do nothing`
    await enqueue(tx, 'figures.pull', {}, { key: 'figures.pull', afterSeconds: 20 })
  })
}
