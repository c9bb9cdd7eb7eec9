import type { Ctx } from '#server/context.ts'
import { productWords, readTastes, rhythmIn, writeTastes } from '../preferences/service.ts'
import { GapBook } from './backtest.ts'
import { fitBgnbd } from './fit.ts'
import { dayNumber, gapsOf } from './gaps.ts'
import { type HeldOut, HoldOut } from './hold-out.ts'
import { eachPurchase, type Purchase, readBuyers, writeFit, writeGaps } from './queries.ts'

const BATCH = 2_000
/** Fewer buyers than this tell nothing of the others. */
const LEAST_BUYERS = 50

/**
 * The nightly reading of all orders, buyer by buyer: gaps between purchases of a kind of thing with their backtest, what each buyer likes, and the shop's
 * BG/NBD. Reads and writes whole results, so that a run that is killed is simply made again.
 */
export async function learnFromOrders(ctx: Ctx): Promise<void> {
  const book = new GapBook()
  const held = new HoldOut(dayNumber(ctx.now()))
  let own: Purchase[] = []
  let tastes: { id: number; words: string[]; rhythm: number | null }[] = []
  const finish = async () => {
    const first = own[0]
    if (!first) return
    const days = new Map<string, number[]>()
    for (const { day, sale, lines } of own)
      for (const { name } of sale ? lines : []) {
        const { category } = productWords(name)
        const bought = days.get(category) ?? []
        days.set(category, bought)
        bought.push(day)
      }
    for (const [category, bought] of days) if (bought.length > 1) book.add(category, gapsOf(bought))
    const lines = own.flatMap((purchase) => purchase.lines.map((line) => ({ orderId: '', at: '', ...line })))
    const words = readTastes(lines, [], new Set()).map(({ word }) => word)
    const bought = own.filter(({ sale }) => sale).map(({ day }) => day)
    held.add(bought)
    const rhythm = rhythmIn(bought)
    if (rhythm) words.push(`rhythm:${rhythm.value}`)
    tastes.push({ id: first.buyerId, words, rhythm: rhythm?.days ?? null })
    if (tastes.length >= BATCH) {
      await writeTastes(ctx.sql, tastes, ctx.now())
      tastes = []
    }
  }
  for await (const purchases of eachPurchase(ctx.sql))
    for (const purchase of purchases) {
      if (own.length > 0 && own[0]!.buyerId !== purchase.buyerId) {
        await finish()
        own = []
      }
      own.push(purchase)
    }
  await finish()
  await writeTastes(ctx.sql, tastes, ctx.now())
  const { categories } = book.finish()
  await ctx.sql.begin((tx) => writeGaps(tx, categories))
  await fit(ctx, held.finish())
}

/** Spoken of where it foretold the last 90 days no worse than “as often as before”. */
async function fit(ctx: Ctx, held: HeldOut | undefined): Promise<void> {
  const buyers = await readBuyers(ctx.sql, ctx.now())
  if (buyers.x.length < LEAST_BUYERS) return
  const found = fitBgnbd(buyers)
  const shown = !found.degenerate && held !== undefined && held.ours <= held.before
  ctx.log.info({ fit: found, held, shown }, 'BG/NBD fitted')
  await writeFit(ctx.sql, { ...found, held, shown }, ctx.now())
}
