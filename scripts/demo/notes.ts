import type { Deps } from '#server/context.ts'
import { enqueue } from '#server/jobs/enqueue.ts'
import type { buildShop } from '../../simulator/shop/shop.ts'
import { idOf } from './ids.ts'

/** The demo's own rep keeps what stockDay gave them: their day is told elsewhere. */
const REP = 'LinXiaoYu'
const HOW_MANY = 64
const EVERY_MS = 46 * 60_000

/** What reps note: words, outcome, the next step where there is one. */
const NOTES: [body: string, result: string | null, next: string | null][] = [
  ['到店试了心形烛台，喜欢象牙白，预算 300 内，约周六带先生一起来定。', 'interested', '约周六到店'],
  ['问圣诞袜能不能绣名字，已答应周四前给样图，两只，送孩子。', 'interested', '发绣字样图'],
  ['已发', null, null],
  ['客户说再发就拉黑，先放两周，不再推新品。', 'silent', '两周后再看'],
  ['买了下午茶三层架，说包装很好看，下个月妹妹婚礼还要两套。', 'won', '婚礼前问数量'],
  ['加了我个人微信，后面在那边聊方便些。', 'considering', null],
  ['公司年会伴手礼 80 份，要专票，预算每份 60，报价单已发邮箱。', 'considering', '问报价意见'],
  ['回头再约。', null, null],
  ['退回的茶杯有裂，已按流程换新，客户满意，提到喜欢同系列托盘。', 'won', '托盘到货通知'],
  ['说太贵了，让我别老发新品，等双 12 再看。', 'considering', '双 12 前一天问'],
  ['给外婆挑手工毯，怕毛料扎，想摸实物，周日下午到店。', 'interested', '留两条给她摸'],
  ['换码寄出', null, null],
  ['朋友推荐来的，新房子北欧风，想配一套餐垫和烛台，平面图已收。', 'interested', '按图配两套方案'],
  ['跟她说私下给她优惠，不走系统，她说考虑。', 'considering', null],
  ['生日礼盒已送到，客户发了照片，说同事都问哪里买的，可以请她写评价。', 'won', '请写评价'],
  ['问午餐袋能不能洗，已答可手洗，她要三个不同颜色。', 'interested', '三色留货'],
]
const BEFORE = '怕她走掉，说可以给她 50 元店铺券，她同意等到货。'
const AFTER = '怕她走掉，我跟她说可以私下返 50，她同意等到货。'

/** Two days of the other reps' notes, for their managers to review. Once. */
export async function stockNotes(
  { sql }: Pick<Deps, 'sql'>,
  shop: ReturnType<typeof buildShop>,
  now: Date,
): Promise<void> {
  const [found] = await sql`select 1 from notes where id = ${idOf('review note', '0')}`
  if (found) return
  const ties = shop.customers.flatMap((customer) =>
    customer.follows
      .filter((follow) => follow.userid !== REP && follow.userid !== 'GaoYuan' && follow.relation === 'active')
      .map((follow) => ({ customerId: customer.externalUserid, userId: follow.userid })),
  )
  const step = Math.floor(ties.length / HOW_MANY)
  await sql.begin(async (tx) => {
    for (let i = 0; i < HOW_MANY; i++) {
      const { customerId, userId } = ties[i * step]!
      const edited = i === 1
      const [body, result, next] = edited ? ([AFTER, 'interested', '到货通知她'] as const) : NOTES[i % NOTES.length]!
      const id = idOf('review note', String(i))
      const at = new Date(now.getTime() - (i + 1) * EVERY_MS).toISOString()
      await tx`insert into customers (id, name, type) values (${customerId}, '', 1) on conflict (id) do nothing`
      await tx`insert into follows (customer_id, user_id, added_at, synced_at) values (${customerId}, ${userId}, now(), 'epoch')
        on conflict (customer_id, user_id) do nothing`
      await tx`insert into notes (id, customer_id, user_id, body, result, visibility, version, created_at, updated_at)
        values (${id}, ${customerId}, ${userId}, ${body}, ${result}, 'team', ${edited ? 2 : 1}, ${at}::text::timestamptz, ${at}::text::timestamptz)`
      if (edited)
        await tx`insert into note_versions (note_id, version, said, saved_at) values (${id}, 1,
          ${JSON.stringify({ body: BEFORE, result, visibility: 'team' })}::text::jsonb, ${at}::text::timestamptz)`
      if (next !== null)
        await tx`insert into tasks (id, customer_id, user_id, note_id, title, due_at, created_at)
          values (${idOf('review task', String(i))}, ${customerId}, ${userId}, ${id}, ${next},
            ${new Date(now.getTime() + (i % 6) * 86_400_000 + 7_200_000).toISOString()}::text::timestamptz, ${at}::text::timestamptz)`
    }
    await enqueue(tx, 'review.recheck', {}, { key: 'review.recheck' })
  })
}
