import type { OrderItem } from '#shared/orders.ts'
import type { Field, Layout } from './mapping.ts'
import { memberNumber, parseFen, parseMoment, parseWhole, phoneOf } from './values.ts'

/** One row of the file that can be stored. Times in milliseconds since 1970. */
export interface OrderLine {
  order: string
  kind: 'sale' | 'refund'
  member: string
  at: number
  item: OrderItem
  country: string | null
  store: string | null
  channel: string | null
  status: string | null
  logistics: string | null
  url: string | null
  /** What the row knows of its buyer, where the file has such columns. */
  hints: Hint[]
}

export interface Hint {
  kind: 'external' | 'union' | 'phone'
  value: string
}
const HINTS = ['external', 'union', 'phone'] as const

/** Why a row was left out; the words go into the errors file. */
export const REASONS = {
  missing_columns: '列数不够',
  no_order: '没有订单号',
  no_member: '没有会员号',
  bad_quantity: '数量不是数字，或与订单的正负不符',
  bad_price: '单价不是金额，或细过百分之一',
  bad_date: '日期读不出来',
  other_member: '同一订单号写着别的会员号',
} as const
export type Reason = keyof typeof REASONS

export type ReadLine = (record: readonly string[]) => OrderLine | Reason

/** A reader for one file: rows in, lines out, or the first thing that is wrong with a row. `shift` milliseconds are added to every date. */
export function lineReader(layout: Layout, columns: Map<Field, number>, shift = 0): ReadLine {
  const width = Math.max(...columns.values()) + 1
  const moments = momentReader(layout.utcOffset)
  const hinted = HINTS.filter((kind) => columns.has(kind))
  return (record) => {
    if (record.length < width) return 'missing_columns'
    const text = (field: Field) => record[columns.get(field) ?? -1]?.trim() ?? ''
    const order = text('order')
    if (!order) return 'no_order'
    const member = memberNumber(text('member'))
    if (!member) return 'no_member'
    const kind = layout.refundPrefix && order.startsWith(layout.refundPrefix) ? 'refund' : 'sale'
    const quantity = parseWhole(text('quantity'))
    if (!quantity || quantity > 0 !== (kind === 'sale')) return 'bad_quantity'
    const unitPriceFen = parseFen(text('price'))
    if (unitPriceFen === undefined || unitPriceFen < 0) return 'bad_price'
    const at = moments(text('at'))
    if (at === undefined) return 'bad_date'
    const sku = text('sku')
    return {
      order,
      kind,
      member,
      at: at + shift,
      item: { sku, name: text('name') || sku, quantity, unitPriceFen },
      country: text('country') || null,
      store: text('store') || null,
      channel: text('channel') || null,
      status: text('status') || null,
      logistics: text('logistics') || null,
      url: text('url') || null,
      hints: hinted.flatMap((kind) => {
        const value = kind === 'phone' ? phoneOf(text(kind)) : text(kind)
        return value ? [{ kind, value }] : []
      }),
    }
  }
}

/** Rows of one order carry the same moment: remembering the last one spares most of the work. */
function momentReader(utcOffset: number): (text: string) => number | undefined {
  let last = ''
  let value: number | undefined
  return (text) => {
    if (text !== last) {
      last = text
      value = parseMoment(text, utcOffset)
    }
    return value
  }
}
