import { memberOfCustomer, MEMBERS } from './lib/dataset.ts'
import { openShop, NIGHTLY } from './lib/learned-shop.ts'
import { load } from './lib/load.ts'
import { signIn, SIGNED_IN, startCardServer } from './lib/signed-in.ts'
import { type Figures, type Row } from './lib/table.ts'
import type { Options } from './run.ts'

const CONNECTIONS = [1, 16, 64]

/** The card and the aside behind it, with a million customers of whom everything has been learnt. */
export async function measure({ small }: Options): Promise<Figures[]> {
  const shop = await openShop(small)
  try {
    for (const job of NIGHTLY) await shop.run(job)
    await shop.sql.unsafe('vacuum analyze')
    const cookies = await signIn(shop.sql)
    const started = await startCardServer(shop.postgres)
    try {
      const next = (what: 'card' | 'aside') => () => {
        const member = Math.floor(Math.random() * SIGNED_IN)
        const customer = member + MEMBERS * Math.floor(Math.random() * (shop.customers / MEMBERS - 1)) || MEMBERS
        const cookie = cookies[memberOfCustomer(customer)] ?? ''
        return { path: `/api/customers/${customer}/${what}`, headers: { cookie } }
      }
      const url = `http://127.0.0.1:${started.app}`
      const rows: Row[] = []
      for (const connections of CONNECTIONS) {
        const card = await load({ url, next: next('card') }, connections, small ? 2 : 6)
        const aside = await load({ url, next: next('aside') }, connections, small ? 2 : 6)
        rows.push({
          connections,
          'card req/s': card.rps,
          'card p50/p99 ms': `${card.p50} / ${card.p99}`,
          'aside req/s': aside.rps,
          'aside p50/p99 ms': `${aside.p50} / ${aside.p99}`,
        })
      }
      return [{ name: 'aside', about: `${shop.customers} customers, all learnt; requests/s by connections`, rows }]
    } finally {
      started.child.kill()
    }
  } finally {
    await shop.close()
  }
}
