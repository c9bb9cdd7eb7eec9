import { createReadStream, createWriteStream, existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { Deps } from '#server/context.ts'
import { linkBuyers } from '#server/features/orders/import/links.ts'
import { CHINA, type Layout, PRESETS } from '#server/features/orders/import/mapping.ts'
import { importOrders } from '#server/features/orders/import/run.ts'
import { madeUpOrders } from './made-up-orders.ts'

const DAY = 86_400_000
/** The last day of the real file; it becomes yesterday. */
const LAST_DAY = Date.parse('2011-12-09')
const HEADING = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country'

/** The shop keeps its books in yuan and by its own clock; columns and refunds are those of the real file. */
const SHOP: Layout = { ...(PRESETS['online-retail'] as Layout), source: 'shop', currency: 'CNY', utcOffset: CHINA }

/**
 * Purchase histories for the customers with a member number: real order lines where the file is present, made-up ones where it is not.
 * The lines are first put in a file of their own, so that a start that was killed goes on with exactly the same rows.
 */
export async function stockOrders(
  deps: Pick<Deps, 'sql' | 'config'>,
  numbers: ReadonlyMap<string, string>,
  { sharedDir, now }: { sharedDir: string; now: Date },
): Promise<void> {
  const { sql, config } = deps
  const [done] =
    await sql`select 1 from order_imports where source = ${SHOP.source} and finished_at is not null limit 1`
  if (done) return
  const file = join(config.dataDir, 'shop-orders.csv')
  if (!existsSync(file))
    await writeLines(file, join(sharedDir, 'data/online-retail.csv.gz'), new Set(numbers.values()), now)
  await importOrders(sql, { file, layout: SHOP, errorsFile: join(config.dataDir, 'shop-orders.errors.csv') })
  const links = [...numbers].map(([customerId, memberNumber]) => ({ customerId, memberNumber }))
  await linkBuyers(sql, SHOP.source, links)
}

async function writeLines(file: string, real: string, members: Set<string>, now: Date): Promise<void> {
  const lines = existsSync(real) ? realLines(real, members, now) : madeUpOrders([...members], now)
  await pipeline(withHeading(lines), createWriteStream(`${file}.new`))
  renameSync(`${file}.new`, file)
}

async function* withHeading(lines: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string> {
  yield `${HEADING}\n`
  for await (const line of lines) yield `${line}\n`
}

/** The members' own lines of the real file, dated so that its last day was yesterday. */
async function* realLines(file: string, members: Set<string>, now: Date): AsyncGenerator<string> {
  const shift = Math.floor((now.getTime() - DAY - LAST_DAY) / DAY) * DAY
  const text = createReadStream(file).pipe(createGunzip())
  for await (const line of createInterface({ input: text, crlfDelay: Infinity })) {
    const [, date, member] = /,(\d{4}-\d\d-\d\d) \d\d:\d\d:\d\d,[^,]*,(\d+)\.0,[^,]*$/.exec(line) ?? []
    if (!date || !member || !members.has(member)) continue
    yield line.replace(`,${date} `, `,${new Date(Date.parse(date) + shift).toISOString().slice(0, 10)} `)
  }
}
