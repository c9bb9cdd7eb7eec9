import type { TransactionSql } from 'postgres'
import type { OpenOrder } from '#shared/open.ts'
import type { OrderPart } from './chunk.ts'
import { ImportError } from './mapping.ts'
import { memberNumber, phoneOf } from './values.ts'
import { writeParts } from './write.ts'

/**
 * Whole orders from another system, in the caller's transaction; what they replace is kept under an import of that source and day. Throws ImportError where
 * the source keeps another currency.
 */
export async function storeOrders(
  tx: TransactionSql,
  { source, currency }: { source: string; currency: string },
  orders: readonly OpenOrder[],
  now: Date,
): Promise<void> {
  if (orders.length === 0) return
  const [other] = await tx<{ currency: string }[]>`
    select currency from orders where source = ${source} and currency <> ${currency} limit 1`
  if (other) throw new ImportError(`“${source}”里的订单是 ${other.currency}，不能写入 ${currency}`)
  const day = now.toISOString().slice(0, 10)
  const [row] = await tx<{ id: string }[]>`
    insert into order_imports (source, fingerprint, file_name, started_at, finished_at)
    values (${source}, ${`api ${source} ${day}`}, 'api', ${now.toISOString()}, ${now.toISOString()})
    on conflict (fingerprint) do update set finished_at = excluded.finished_at returning id`
  await writeParts(tx, { source, currency, importId: row!.id }, orders.map(partOf))
}

function partOf(order: OpenOrder): OrderPart {
  const phone = phoneOf(order.phone ?? '')
  return {
    order: order.number,
    kind: order.kind,
    member: memberNumber(order.member),
    at: Date.parse(order.at),
    amountFen: order.items.reduce((sum, item) => sum + item.quantity * item.unitPriceFen, 0),
    items: order.items,
    country: order.country ?? null,
    store: order.store ?? null,
    channel: order.channel ?? null,
    status: order.status ?? null,
    logistics: order.logistics ?? null,
    url: order.url ?? null,
    hints: [
      ...(order.externalUserId ? [{ kind: 'external' as const, value: order.externalUserId }] : []),
      ...(order.unionId ? [{ kind: 'union' as const, value: order.unionId }] : []),
      ...(phone ? [{ kind: 'phone' as const, value: phone }] : []),
    ],
    more: false,
  }
}
