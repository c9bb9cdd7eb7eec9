import type { Deps } from '#server/context.ts'
import type { buildShop } from '../../simulator/shop/shop.ts'
import { STAR_CUSTOMER_ID } from '../../simulator/shop/star.ts'
import { idOf } from './ids.ts'
import { DAY_MS, SHOP_MS } from '#shared/shop-time.ts'

const REP = 'LinXiaoYu'

/** Notes of the best customer: days ago, hour, words, outcome. */
const STAR_NOTES: [days: number, hour: number, body: string, result: string | null][] = [
  [13, 19, '试穿反馈偏大，建议下次直接推 S。对驼色大衣感兴趣，等双 12 价。', 'interested'],
  [29, 15, '给先生买生日礼物，预算 500 左右，喜欢实用的。', 'won'],
  [61, 11, '搬新家了，最近在看餐桌摆件和烛台。', 'interested'],
  [104, 16, '问过发票，已开电子普票发邮箱。', null],
  [160, 20, '老客，喜欢提前知道上新，不喜欢群发。', null],
]
/** What the rep of the demo has promised others: which of their customers, days from now, hour, words. */
const TASKS: [nth: number, days: number, hour: number, title: string, promised?: 'note' | 'send'][] = [
  [1, -1, 18, '发礼盒报价', 'send'],
  [2, 0, 20, '确认到店时间'],
  [3, 2, 10, '到货通知：心形烛台', 'note'],
  [4, 5, 10, '问问孩子喜欢哪个颜色'],
]
const STAGES = ['new', 'talking', 'talking', 'interested', 'won', 'again']

/** What a rep's weeks leave behind: fields, notes, promises and stages. Once; what they change afterwards stays. */
export async function stockDay(
  { sql }: Pick<Deps, 'sql'>,
  shop: ReturnType<typeof buildShop>,
  now: Date,
): Promise<void> {
  const [found] = await sql`select 1 from custom_fields limit 1`
  if (found) return
  const at = (days: number, hour: number) =>
    new Date(Math.floor((now.getTime() + SHOP_MS) / DAY_MS + days) * DAY_MS + hour * 3_600_000 - SHOP_MS).toISOString()
  await sql.begin(async (tx) => {
    await tx`insert into custom_fields (id, name, type, options, position, birthday) values
      (${idOf('field', '生日')}, '生日', 'date', '{}', 1, true),
      (${idOf('field', '喜好')}, '喜好', 'multiple', '{家居,厨房,节日,送礼,收纳}', 2, false),
      (${idOf('field', '送礼对象')}, '送礼对象', 'single', '{自己,长辈,孩子,同事}', 3, false)`
    for (const [days, hour, body, result] of STAR_NOTES) {
      await tx`insert into notes (id, customer_id, user_id, body, result, visibility, created_at, updated_at)
        values (${idOf('note', body)}, ${STAR_CUSTOMER_ID}, ${REP}, ${body}, ${result}, 'team', ${at(-days, hour)}::text::timestamptz,
          ${at(-days, hour)}::text::timestamptz) on conflict do nothing`
    }
    const due = now < new Date(at(0, 18)) ? at(0, 18) : at(1, 18)
    await insertTask(tx, STAR_CUSTOMER_ID, '回访尺寸合不合适', due, at(-13, 19))
    const others = shop.customers.filter(
      (customer) =>
        customer.externalUserid !== STAR_CUSTOMER_ID && customer.follows.some((follow) => follow.userid === REP),
    )
    for (const [nth, days, hour, title, promised] of TASKS) {
      const customer = others[nth]
      if (customer) await insertTask(tx, customer.externalUserid, title, at(days, hour), at(-3, 15), promised)
    }
    for (const [nth, stage] of STAGES.entries()) {
      const id = nth === 5 ? STAR_CUSTOMER_ID : others[nth + 1]?.externalUserid
      if (id) await setStage(tx, id, stage, at(-nth - 2, 11))
    }
  })
}

type Tx = Parameters<Parameters<Deps['sql']['begin']>[1]>[0]

const insertTask = (tx: Tx, customerId: string, title: string, due: string, made: string, promised?: string) => tx`
  insert into tasks (id, customer_id, user_id, title, due_at, remind_at, promised_from, created_at) values (${idOf('task', title)}, ${customerId}, ${REP}, ${title},
    ${due}::text::timestamptz, ${due}::text::timestamptz, ${promised ?? null}, ${made}::text::timestamptz) on conflict do nothing`

/** The first sync may not have been there yet: the tie is known to exist, and read later. */
async function setStage(tx: Tx, customerId: string, stage: string, since: string): Promise<void> {
  await tx`insert into customers (id, name, type) values (${customerId}, '', 1) on conflict (id) do nothing`
  await tx`insert into follows (customer_id, user_id, added_at, synced_at, stage_id, staged_at)
    values (${customerId}, ${REP}, now(), 'epoch', ${stage}, ${since}::text::timestamptz)
    on conflict (customer_id, user_id) do update set stage_id = excluded.stage_id, staged_at = excluded.staged_at`
  await tx`insert into stage_moves (id, customer_id, user_id, to_stage_id, moved_at)
    values (${idOf('move', customerId)}, ${customerId}, ${REP}, ${stage}, ${since}::text::timestamptz) on conflict do nothing`
}
