import { Baskets, suggest } from '../server/features/products/association.ts'
import { hasRetail, readRetail } from './lib/retail.ts'
import { type Figures, round, type Row } from './lib/table.ts'

interface Order {
  day: number
  skus: string[]
}
const TOP = 10
/** What somebody bought lately says more than what they ever bought, and costs less to read. */
const LATELY = 3

/** Leave-last-out on the real shop: every buyer's last order is hidden from the counts and foretold from the orders before it. */
export async function measure(): Promise<Figures[]> {
  if (!hasRetail()) {
    console.error('association skipped: there is no ../shared/data/online-retail.csv.gz')
    return []
  }
  const buyers = (await ordersOf()).filter((orders) => orders.length > 0)
  const baskets = new Baskets()
  const began = performance.now()
  for (const orders of buyers)
    for (const { skus } of orders.length > 1 ? orders.slice(0, -1) : orders) baskets.add(skus)
  const counted = (performance.now() - began) / 1000
  const popular = baskets.popular()
  const place = new Map(popular.map((sku, at) => [sku, at]))
  const fresh = new Scores()
  const any = new Scores()
  for (const orders of buyers) {
    if (orders.length < 2) continue
    const before = orders.slice(0, -1)
    const mine = new Map<string, number>()
    for (const { skus } of before) for (const sku of skus) mine.set(sku, (mine.get(sku) ?? 0) + 1)
    const lately = new Map(before.slice(-LATELY).flatMap(({ skus }) => skus.map((sku) => [sku, 1] as const)))
    const links = [...lately.keys()].flatMap((sku) => baskets.links(sku))
    const wanted = new Set(orders.at(-1)!.skus)
    const again = [...mine].sort((a, b) => b[1] - a[1] || place.get(a[0])! - place.get(b[0])!).map(([sku]) => sku)
    const unowned = new Set([...wanted].filter((sku) => !mine.has(sku)))
    if (unowned.size > 0) {
      fresh.add(
        'association',
        suggest(links, lately, new Set(mine.keys())).map(({ sku }) => sku),
        unowned,
      )
      fresh.add(
        'popularity',
        popular.filter((sku) => !mine.has(sku)),
        unowned,
      )
      fresh.add('bought before', [], unowned)
    }
    const goesWith = suggest(links, lately, new Set())
    const score = new Map(goesWith.map((one) => [one.sku, one.score]))
    const both = [...mine]
      .sort((a, b) => b[1] - a[1] || (score.get(b[0]) ?? 0) - (score.get(a[0]) ?? 0))
      .map(([sku]) => sku)
    any.add(
      'association',
      goesWith.map(({ sku }) => sku),
      wanted,
    )
    any.add('popularity', popular, wanted)
    any.add('bought before', again, wanted)
    any.add('bought before, ties by association', both, wanted)
  }
  return [
    {
      name: 'association, new products',
      about: `online-retail: the last order of ${fresh.cases} buyers holds something they never had; that is what “why this product” is for. Counting ${baskets.orders} orders took ${round(counted, 1)} s`,
      rows: fresh.rows(),
    },
    {
      name: 'association, any product',
      about: `the last order of ${any.cases} buyers, repeats among them`,
      rows: any.rows(),
    },
  ]
}

class Scores {
  readonly #sums = new Map<string, { hits: number; reciprocal: number; n: number }>()
  add(method: string, ranked: readonly string[], wanted: ReadonlySet<string>): void {
    const at = ranked.slice(0, TOP).findIndex((sku) => wanted.has(sku))
    const sum = this.#sums.get(method) ?? { hits: 0, reciprocal: 0, n: 0 }
    sum.n += 1
    if (at >= 0) sum.reciprocal += 1 / (at + 1)
    if (at >= 0 && at < 3) sum.hits += 1
    this.#sums.set(method, sum)
  }
  get cases(): number {
    return this.#sums.values().next().value?.n ?? 0
  }
  rows(): Row[] {
    return [...this.#sums].map(([method, { hits, reciprocal, n }]) => ({
      method,
      'hit@3': round(hits / n, 4),
      'MRR@10': round(reciprocal / n, 4),
      cases: n,
    }))
  }
}

/** Every buyer's orders, oldest first. */
async function ordersOf(): Promise<Order[][]> {
  const orders = new Map<string, { buyer: string; day: number; skus: Set<string> }>()
  for (const { invoice, buyer, day, sku, quantity } of await readRetail()) {
    if (quantity <= 0) continue
    const order = orders.get(invoice) ?? { buyer, day, skus: new Set<string>() }
    orders.set(invoice, order)
    order.skus.add(sku)
  }
  const buyers = new Map<string, Order[]>()
  for (const { buyer, day, skus } of orders.values()) {
    const own = buyers.get(buyer) ?? []
    buyers.set(buyer, own)
    own.push({ day, skus: [...skus] })
  }
  return [...buyers.values()].map((own) => own.sort((a, b) => a.day - b.day))
}
