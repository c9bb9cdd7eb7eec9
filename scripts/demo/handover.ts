import { DAY_MS } from '#shared/shop-time.ts'
import type { Deps } from '#server/context.ts'
import type { buildShop } from '../../simulator/shop/shop.ts'
import { STAR_CUSTOMER_ID } from '../../simulator/shop/star.ts'
import { idOf } from './ids.ts'

const [GIVER, TAKER, LEADER] = ['ZhaoMingYuan', 'LinXiaoYu', 'GaoYuan']
/** Which of the taker's customers: none that the day or another page tells of. */
const NTH = 7
/** What the giver wrote: days ago, words, for whom. */
const NOTES: [days: number, body: string, visibility: 'team' | 'private'][] = [
  [4, '新房五月装修好，想配一套餐桌摆件和烛台，预算 1500 左右，喜欢原木色。', 'team'],
  [12, '下班后八点以后方便，回复很快；别打电话，上班接不了。', 'team'],
  [25, '女儿对羊毛过敏，毯子不要推羊毛的。给老师挑教师节礼物，三份。', 'team'],
  [31, '她和先生在闹别扭，别提先生送的那套杯子。', 'private'],
]
const PROMISES: [days: number, title: string][] = [
  [-1, '把餐桌摆件的搭配图发她'],
  [3, '原木烛台到货通知'],
]

/** A customer who changed hands two days ago, with all that a brief can say. Once. */
export async function stockHandover(
  { sql }: Pick<Deps, 'sql'>,
  shop: ReturnType<typeof buildShop>,
  now: Date,
): Promise<void> {
  const theirs = shop.customers.filter(
    ({ externalUserid, follows }) =>
      externalUserid !== STAR_CUSTOMER_ID &&
      follows.some(({ userid }) => userid === TAKER) &&
      follows.every(({ userid }) => userid !== GIVER),
  )
  const id = theirs[NTH]?.externalUserid
  const [found] = await sql`select 1 from transfers where batch_id = ${idOf('handover', 'batch')}`
  if (found || !id) return
  const at = (days: number) => new Date(now.getTime() + days * DAY_MS).toISOString()
  await sql.begin(async (tx) => {
    await tx`insert into customers (id, name, type) values (${id}, '', 1) on conflict (id) do nothing`
    await tx`insert into follows (customer_id, user_id, added_at, synced_at) values (${id}, ${TAKER}, now(), 'epoch')
      on conflict (customer_id, user_id) do nothing`
    await tx`insert into follows (customer_id, user_id, salutation, added_at, synced_at, ended_at)
      values (${id}, ${GIVER}, '何姐', ${at(-300)}::text::timestamptz, 'epoch', ${at(-2)}::text::timestamptz)
      on conflict (customer_id, user_id) do nothing`
    await tx`insert into transfers (batch_id, customer_id, from_user_id, to_user_id, by_user_id, reason, message, state, created_at, asked_at, settled_at)
      values (${idOf('handover', 'batch')}, ${id}, ${GIVER}, ${TAKER}, ${LEADER}, '调去新店', '', 'done', ${at(-3)}::text::timestamptz,
        ${at(-3)}::text::timestamptz, ${at(-2)}::text::timestamptz)`
    for (const [days, body, visibility] of NOTES)
      await tx`insert into notes (id, customer_id, user_id, body, visibility, created_at, updated_at)
        values (${idOf('handover note', body)}, ${id}, ${GIVER}, ${body}, ${visibility}, ${at(-days)}::text::timestamptz, ${at(-days)}::text::timestamptz)
        on conflict do nothing`
    for (const [days, title] of PROMISES)
      await tx`insert into tasks (id, customer_id, user_id, title, due_at, created_at)
        values (${idOf('handover task', title)}, ${id}, ${GIVER}, ${title}, ${at(days)}::text::timestamptz, ${at(-4)}::text::timestamptz)
        on conflict do nothing`
  })
}
