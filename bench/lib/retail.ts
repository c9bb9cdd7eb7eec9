import { createReadStream, existsSync } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { parse } from 'csv-parse'

export const RETAIL = '../shared/data/online-retail.csv.gz'
export const hasRetail = (): boolean => existsSync(RETAIL)

export interface RetailLine {
  invoice: string
  sku: string
  name: string
  quantity: number
  /** UTC day number. */
  day: number
  buyer: string
}

/** Lines of the real shop (UCI Online Retail) that name their buyer, in the file's order. */
export async function readRetail(): Promise<RetailLine[]> {
  const lines: RetailLine[] = []
  const parser = createReadStream(RETAIL)
    .pipe(createGunzip())
    .pipe(parse({ columns: true, bom: true, relax_quotes: true }))
  for await (const row of parser as AsyncIterable<Record<string, string>>) {
    const buyer = (row['CustomerID'] ?? '').replace(/\.0$/, '')
    if (buyer === '') continue
    lines.push({
      invoice: row['InvoiceNo'] ?? '',
      sku: row['StockCode'] ?? '',
      name: (row['Description'] ?? '').trim(),
      quantity: Number(row['Quantity']),
      day: dayOf(row['InvoiceDate'] ?? ''),
      buyer,
    })
  }
  return lines
}

function dayOf(text: string): number {
  const american = /^(\d+)\/(\d+)\/(\d+)/.exec(text)
  const [year, month, date] = american
    ? [Number(american[3]), Number(american[1]), Number(american[2])]
    : text.slice(0, 10).split('-').map(Number)
  return Date.UTC(year! < 100 ? year! + 2000 : year!, month! - 1, date!) / 86_400_000
}
