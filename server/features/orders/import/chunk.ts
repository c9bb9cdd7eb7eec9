import type { OrderItem } from '#shared/orders.ts'
import type { OrderLine, Reason } from './line.ts'

/** What one chunk of the file says of one order. `more`: an earlier chunk of this file began it, so these items are added to it. */
export interface OrderPart extends Omit<OrderLine, 'item'> {
  amountFen: number
  items: OrderItem[]
  more: boolean
}

/** Order number → member number, for every order this file has spoken of so far. */
export type Seen = Map<string, string>

export interface Chunk {
  parts: Map<string, OrderPart>
  rows: number
}

export const emptyChunk = (): Chunk => ({ parts: new Map(), rows: 0 })

/** Adds a line to its order; rows of an order need not stand together. An order that has another buyer already refuses the line. */
export function addLine(chunk: Chunk, seen: Seen, line: OrderLine): Reason | undefined {
  const { item, ...head } = line
  const amountFen = item.quantity * item.unitPriceFen
  const part = chunk.parts.get(line.order)
  const owner = seen.get(line.order)
  if (owner !== undefined && owner !== line.member) return 'other_member'
  if (part) {
    part.items.push(item)
    if (part.hints.length < line.hints.length) part.hints = line.hints
    part.amountFen += amountFen
    part.at = Math.min(part.at, line.at)
    return undefined
  }
  chunk.parts.set(line.order, { ...head, amountFen, items: [item], more: owner !== undefined })
  seen.set(line.order, line.member)
  return undefined
}
