/** Our name for a column → the heading it has in the file. */
export interface Mapping {
  order: string
  sku: string
  name: string
  quantity: string
  /** Unit price, as decimal text. */
  price: string
  at: string
  /** The buyer's member number. */
  member: string
  country?: string
  store?: string
  channel?: string
  status?: string
  logistics?: string
  /** Where the order's product can be bought again. */
  url?: string
  /** What else the file knows of the buyer: WeCom's external_userid, unionid, phone. Orders find their customers by them. */
  external?: string
  union?: string
  phone?: string
}
export type Field = keyof Mapping

/** How to read one kind of file. An order number that begins with `refundPrefix` is a refund. */
export interface Layout {
  /** Where the orders come from: order numbers and member numbers are unique within it. */
  source: string
  /** ISO 4217, three letters; one source has one currency. */
  currency: string
  mapping: Mapping
  /** Minutes that the file's clock is ahead of UTC. */
  utcOffset: number
  refundPrefix: string
}

export const REQUIRED: readonly Field[] = ['order', 'sku', 'name', 'quantity', 'price', 'at', 'member']
export const OPTIONAL: readonly Field[] = [
  'country',
  'store',
  'channel',
  'status',
  'logistics',
  'url',
  'external',
  'union',
  'phone',
]
const FIELDS: readonly string[] = [...REQUIRED, ...OPTIONAL]

export const CHINA = 8 * 60

export const PRESETS: Record<string, Layout> = {
  'online-retail': {
    source: 'online-retail',
    currency: 'GBP',
    utcOffset: 0,
    refundPrefix: 'C',
    mapping: {
      order: 'InvoiceNo',
      sku: 'StockCode',
      name: 'Description',
      quantity: 'Quantity',
      price: 'UnitPrice',
      at: 'InvoiceDate',
      member: 'CustomerID',
      country: 'Country',
    },
  },
}

/** Why an import cannot begin. The message is for whoever typed the command. */
export class ImportError extends Error {
  override name = 'ImportError'
}

/** Reads `order=InvoiceNo,sku=StockCode,…`, on top of `base`. Throws ImportError for an unknown or missing field. */
export function parseMapping(text: string, base: Partial<Mapping> = {}): Mapping {
  const mapping: Partial<Mapping> = { ...base }
  for (const pair of text.split(',').filter(Boolean)) {
    const at = pair.indexOf('=')
    const field = pair.slice(0, at).trim()
    const heading = pair.slice(at + 1).trim()
    if (at < 1 || !heading || !FIELDS.includes(field)) {
      throw new ImportError(`看不懂的列对应“${pair}”，可用的名字：${FIELDS.join(' ')}`)
    }
    mapping[field as Field] = heading
  }
  const missing = REQUIRED.filter((field) => !mapping[field])
  if (missing.length > 0) throw new ImportError(`还缺这些列的对应（--map）：${missing.join(' ')}`)
  return mapping as Mapping
}

/** Where each field stands in a file with these headings. Throws ImportError when a heading is not there. */
export function locate(mapping: Mapping, headings: readonly string[]): Map<Field, number> {
  const found = Object.entries(mapping).map(([field, heading]) => [field as Field, headings.indexOf(heading)] as const)
  const missing = found.filter(([, index]) => index < 0).map(([field]) => mapping[field])
  if (missing.length > 0) {
    throw new ImportError(`文件里没有这些列：${missing.join('、')}（文件的表头：${headings.join('、')}）`)
  }
  return new Map(found)
}
