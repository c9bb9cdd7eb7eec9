import type * as z from 'zod/mini'
import { type OpenAnswer, OpenEvent, OpenField, OpenOrder, OpenProduct, type RowResult } from '#shared/open.ts'
import type { Ctx } from '#server/context.ts'
import { derivedId } from '#server/db/derived-id.ts'
import { AppError } from '#server/errors.ts'
import { enqueue } from '#server/jobs/enqueue.ts'
import { setFromOutside } from '../fields/service.ts'
import { ImportError, storeOrders } from '../orders/service.ts'
import { writeProducts } from '../products/service.ts'
import { insertEvents, knownCustomers } from './queries.ts'

export { keyOf } from './keys.ts'

export interface Caller {
  id: string
  name: string
}

const refuse = (row: number, code: RowResult['code'], message: string): RowResult => ({ row, ok: false, code, message })

/** Each row by itself: what fits, and a refusal for what does not. */
function sort<Row>(rows: readonly unknown[], shape: z.ZodMiniType<Row>) {
  const good: { row: number; value: Row }[] = []
  const results: RowResult[] = rows.map((given, row) => {
    const parsed = shape.safeParse(given)
    if (parsed.success) {
      good.push({ row, value: parsed.data })
      return { row, ok: true }
    }
    const where = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'row'}: ${issue.message}`).join('; ')
    return refuse(row, 'invalid', where)
  })
  return { good, results }
}

const answerOf = (rows: RowResult[]): OpenAnswer => {
  const stored = rows.filter((row) => row.ok).length
  return { stored, refused: rows.length - stored, rows }
}

/** Whole orders; matching their buyers to customers follows by a job. */
export async function putOrders(
  ctx: Ctx,
  _: Caller,
  { source, currency, orders }: { source: string; currency: string; orders: unknown[] },
): Promise<OpenAnswer> {
  const { good, results } = sort(orders, OpenOrder)
  const owners = new Map<string, string>()
  const fit = good.filter(({ row, value }) => {
    const owner = owners.get(value.number) ?? value.member
    owners.set(value.number, owner)
    if (owner !== value.member) results[row] = refuse(row, 'other_member', '同一批里这个订单号写着别的会员号')
    return owner === value.member
  })
  try {
    await ctx.sql.begin(async (tx) => {
      const last = new Map(fit.map(({ value }) => [value.number, value]))
      await storeOrders(tx, { source, currency }, [...last.values()], ctx.now())
      await enqueue(tx, 'orders.match', { source }, { key: `match ${source}`, afterSeconds: 5 })
    })
  } catch (error) {
    if (error instanceof ImportError) throw new AppError('conflict', error.message, { cause: error })
    throw error
  }
  return answerOf(results)
}

export async function putFields(ctx: Ctx, caller: Caller, { rows }: { rows: unknown[] }): Promise<OpenAnswer> {
  const { good, results } = sort(rows, OpenField)
  const known = await knownCustomers(
    ctx.sql,
    good.map(({ value }) => value.customer),
  )
  for (const { row, value } of good) {
    if (!known.has(value.customer)) {
      results[row] = refuse(row, 'unknown_customer', '没有这位客户')
      continue
    }
    const problem = await setFromOutside(ctx, { ...value, by: `api ${caller.name}` })
    if (problem) results[row] = refuse(row, problem.code, problem.message)
  }
  return answerOf(results)
}

export async function putEvents(ctx: Ctx, caller: Caller, { events }: { events: unknown[] }): Promise<OpenAnswer> {
  const { good, results } = sort(events, OpenEvent)
  const known = await knownCustomers(
    ctx.sql,
    good.map(({ value }) => value.customer),
  )
  const fit = good.flatMap(({ row, value }) => {
    if (known.has(value.customer))
      return [{ ...value, detail: value.detail ?? '', id: derivedId(`event ${caller.id} ${value.id}`) }]
    results[row] = refuse(row, 'unknown_customer', '没有这位客户')
    return []
  })
  await insertEvents(ctx.sql, caller.name, fit)
  return answerOf(results)
}

/** Each as it is now; the last of several with one sku. */
export async function putProducts(ctx: Ctx, _: Caller, { products }: { products: unknown[] }): Promise<OpenAnswer> {
  const { good, results } = sort(products, OpenProduct)
  const last = new Map(good.map(({ value }) => [value.sku, value]))
  const rows = [...last.values()].map(({ url = null, picture = null, priceFen = null, ...product }) => ({
    ...product,
    url,
    picture,
    priceFen,
  }))
  await writeProducts(ctx.sql, rows, ctx.now())
  return answerOf(results)
}
