import { openShop } from './lib/learned-shop.ts'
import { moreOrders } from './lib/shoppers.ts'
import { type Figures, round, type Row } from './lib/table.ts'
import type { Options } from './run.ts'

/** The nightly jobs over a million customers with some three million orders: time, memory, and that a second run ends in the same. */
export async function measure({ small }: Options): Promise<Figures[]> {
  const shop = await openShop(small)
  const { sql, run, customers } = shop
  try {
    const [{ orders, lines } = { orders: 0, lines: 0 }] = await sql<{ orders: number; lines: number }[]>`
      select count(*)::int as orders, sum(jsonb_array_length(items))::int as lines from orders`
    const rows: Row[] = []
    const time = async (what: string, job: Parameters<typeof run>[0]) => {
      const { seconds, memoryMB } = await run(job)
      rows.push({ job: what, seconds: round(seconds, 1), 'budget s': 60, 'memory MB': round(memoryMB) })
    }
    await time('rfm.compute, first night', 'rfm.compute')
    await time('rfm.compute, again', 'rfm.compute')
    await time('orders.learn: gaps, tastes, BG/NBD', 'orders.learn')
    const before = await results()
    await time('orders.learn, again', 'orders.learn')
    const same = (await results()) === before
    await time('products.learn, all orders', 'products.learnAnew')
    await moreOrders(sql, Math.round(customers / 300))
    await time('products.learn, one day’s orders', 'products.learn')
    return [
      {
        name: 'jobs',
        about: `${customers} customers, ${orders} orders, ${lines} lines, in one process; memory of the whole process; orders.learn twice is as once: ${same}`,
        rows,
      },
    ]
  } finally {
    await shop.close()
  }

  async function results(): Promise<string> {
    const [row] = await sql<{ sum: string }[]>`
      select (select md5(string_agg(buyer_id || words::text || coalesce(rhythm_days, 0), ',' order by buyer_id)) from buyer_tastes)
        || (select md5(string_agg(category || gaps || median_days || mad_days || shown, ',' order by category)) from category_gaps) as sum`
    return row!.sum
  }
}
