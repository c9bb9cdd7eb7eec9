import type { AssetId } from '#shared/ids.ts'
import type { Deps } from '#server/context.ts'
import { writeProducts } from '#server/features/products/service.ts'
import { idOf } from './ids.ts'
import type { PictureName } from './pictures/pictures.ts'

const BATCH = 1_000
/** Which of the shop's few pictures shows such a thing. */
const PICTURES: [RegExp, PictureName][] = [
  [/BAG/, '尺寸对照.png'],
  [/CAKE|TIN\b|BAKING|JAM/, '蛋糕架.png'],
  [/CANDLE|T-?LIGHT|LANTERN|HOLDER/, '心形烛台.png'],
]
const OTHERWISE: PictureName = '礼盒包装.png'

/** The goods that were ever ordered, as the shop's own system would tell of them: each with its page and a picture. Once. */
export async function stockProducts({ sql, config, now }: Pick<Deps, 'sql' | 'config' | 'now'>): Promise<void> {
  const [found] = await sql`select 1 from products limit 1`
  if (found) return
  const goods = await sql<{ sku: string; name: string; priceFen: number }[]>`
    select distinct on (i ->> 'sku') i ->> 'sku' as sku, i ->> 'name' as name, (i ->> 'unitPriceFen')::int as "priceFen"
    from orders o, jsonb_array_elements(o.items) i where o.kind = 'sale' and i ->> 'name' <> '' order by i ->> 'sku', o.ordered_at desc`
  const rows = goods.map(({ sku, name, priceFen }) => {
    const about = new URLSearchParams({ name, price: (priceFen / 100).toFixed(2) })
    const picture = PICTURES.find(([words]) => words.test(name))?.[1] ?? OTHERWISE
    const asset = idOf('picture', picture) as AssetId
    const url = `${config.publicUrl}/__sim/goods/${encodeURIComponent(sku)}?${about.toString()}`
    return { sku, name, priceFen, url, picture: `/media/${asset}`, inStock: true }
  })
  for (let at = 0; at < rows.length; at += BATCH) await writeProducts(sql, rows.slice(at, at + BATCH), now())
}
