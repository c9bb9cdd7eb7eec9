import { GapBook } from '../server/features/repurchase/backtest.ts'
import { gapsOf } from '../server/features/repurchase/gaps.ts'
import { readProduct } from '../shared/product-words.ts'
import { hasRetail, readRetail } from './lib/retail.ts'
import { type Figures, round } from './lib/table.ts'

/** How far the next purchase of a category lies from where it was foretold, on the real shop. */
export async function measure(): Promise<Figures[]> {
  if (!hasRetail()) {
    console.error('repurchase skipped: there is no ../shared/data/online-retail.csv.gz')
    return []
  }
  const days = new Map<string, Map<string, number[]>>()
  const categories = new Map<string, string>()
  for (const { buyer, name, day, quantity } of await readRetail()) {
    if (quantity <= 0 || name === '') continue
    const category = categories.get(name) ?? readProduct(name).category
    categories.set(name, category)
    const own = days.get(buyer) ?? new Map<string, number[]>()
    days.set(buyer, own)
    const bought = own.get(category) ?? []
    own.set(category, bought)
    bought.push(day)
  }
  const book = new GapBook()
  for (const own of days.values()) for (const [category, bought] of own) book.add(category, gapsOf(bought))
  const { categories: found, all } = book.finish()
  const tested = found.filter(({ backtest }) => backtest.cases >= 30)
  const shown = tested.filter((category) => category.shown)
  return [
    {
      name: 'repurchase, backtest',
      about: `online-retail: ${all.cases} last gaps of a buyer in a category, each foretold from the gaps before it; mean absolute error in days`,
      rows: [
        { estimate: '(n · own + 2 · category) / (n + 2)', 'error, days': round(all.ours, 2) },
        { estimate: 'category median', 'error, days': round(all.category, 2) },
        { estimate: 'same as last time', 'error, days': round(all.last, 2) },
      ],
    },
    {
      name: 'repurchase, categories',
      about: `${found.length} categories with a gap; of ${tested.length} with 30 cases ${shown.length} are shown, the others are silent`,
      rows: tested
        .toSorted((a, b) => b.backtest.cases - a.backtest.cases)
        .slice(0, 10)
        .map(({ category, median, mad, backtest, shown: on }) => ({
          category,
          median,
          mad,
          cases: backtest.cases,
          ours: round(backtest.ours, 2),
          'category median': round(backtest.category, 2),
          'last time': round(backtest.last, 2),
          shown: String(on),
        })),
    },
  ]
}
