import { describe, expect, test } from 'vitest'
import { CustomerId } from '#shared/ids.ts'
import { listOrders, type Order } from '#shared/orders.ts'
import { makeBuyer, makeFollowed, makeOrder } from '#server/testing/builders.ts'
import { rowsRead } from '#server/testing/count.ts'
import { createWorld } from '#server/testing/world.ts'
import { writeCursor } from '#server/db/cursor.ts'

const world = await createWorld()
const { deps } = world
const rep = await world.as('rep-a')

async function buyingCustomer() {
  const buyer = await makeBuyer(deps)
  const customer = await makeFollowed(deps, 'rep-a', { customer: { buyerId: buyer.id } })
  return { buyerId: buyer.id, customerId: CustomerId.parse(customer.id) }
}

async function allPages(customerId: CustomerId, filter: { year?: number; product?: string } = {}): Promise<Order[][]> {
  const pages: Order[][] = []
  let cursor: string | null = null
  do {
    const page: { orders: Order[]; nextCursor: string | null } = await rep.call(listOrders, {
      customerId,
      ...filter,
      ...(cursor && { cursor }),
    })
    pages.push(page.orders)
    cursor = page.nextCursor
  } while (cursor)
  return pages
}

describe('pages of orders', () => {
  test('hold every order once, newest first, even where forty share a microsecond', async () => {
    const { buyerId, customerId } = await buyingCustomer()
    await deps.sql`
      insert into orders (buyer_id, source, order_number, kind, ordered_at, currency, amount_fen, items)
      select ${buyerId}, 'test', 'same-' || i, 'sale', timestamptz '2025-11-01 10:00:00.123456+00' + (i / 40) * interval '1 microsecond', 'CNY', i, '[]'
      from generate_series(0, 119) i`
    const pages = await allPages(customerId)
    expect(pages.map((page) => page.length)).toEqual([20, 20, 20, 20, 20, 20])
    const amounts = pages.flat().map((order) => order.amountFen)
    expect(new Set(amounts).size).toBe(120)
    expect(pages.flat()[0]).toMatchObject({ orderedAt: '2025-11-01T10:00:00.123458+00:00' })
    const places = pages.flat().map((order) => `${order.orderedAt} ${order.id.padStart(12, '0')}`)
    expect(places).toEqual([...places].sort().reverse())
  })

  test('refunds stand among the sales with what was sent back', async () => {
    const { buyerId, customerId } = await buyingCustomer()
    await makeOrder(deps, buyerId, {
      kind: 'refund',
      amountFen: -2550,
      items: [{ sku: 'S1', name: '马克杯', quantity: -1, unitPriceFen: 2550 }],
    })
    expect((await allPages(customerId)).flat()).toMatchObject([
      { kind: 'refund', amountFen: -2550, items: [{ quantity: -1 }] },
    ])
  })

  test('the years that hold orders come with the first page only', async () => {
    const { buyerId, customerId } = await buyingCustomer()
    for (const year of [2019, 2022, 2022, 2025])
      await makeOrder(deps, buyerId, { orderedAt: new Date(`${year}-06-01T00:00:00Z`) })
    for (let i = 0; i < 20; i++) await makeOrder(deps, buyerId, { orderedAt: new Date('2025-07-01T00:00:00Z') })
    const first = await rep.call(listOrders, { customerId })
    expect(first.years).toEqual([2025, 2022, 2019])
    expect((await rep.call(listOrders, { customerId, cursor: first.nextCursor! })).years).toEqual([])
  })

  test('a year is a year in China: New Year’s morning in Shanghai is not last year', async () => {
    const { buyerId, customerId } = await buyingCustomer()
    await makeOrder(deps, buyerId, { orderedAt: new Date('2024-12-31T17:00:00Z') })
    expect((await allPages(customerId, { year: 2025 })).flat()).toHaveLength(1)
    expect((await allPages(customerId, { year: 2024 })).flat()).toHaveLength(0)
    expect((await rep.call(listOrders, { customerId })).years).toEqual([2025])
  })

  test('a product is found by its name or SKU, and % is only a character', async () => {
    const { buyerId, customerId } = await buyingCustomer()
    await makeOrder(deps, buyerId, {
      items: [{ sku: '85123A', name: 'WHITE HANGING HEART', quantity: 1, unitPriceFen: 255 }],
    })
    await makeOrder(deps, buyerId, {
      items: [{ sku: '22423', name: 'CAKESTAND 3 TIER', quantity: 1, unitPriceFen: 1275 }],
    })
    const found = async (product: string) =>
      (await allPages(customerId, { product })).flat().map((order) => order.items[0]?.sku)
    expect([await found('hanging'), await found('85123a'), await found('3 tier'), await found('%')]).toEqual([
      ['85123A'],
      ['85123A'],
      ['22423'],
      [],
    ])
  })

  test('a customer who never bought has an empty page', async () => {
    const customer = await makeFollowed(deps, 'rep-a')
    expect(await rep.call(listOrders, { customerId: CustomerId.parse(customer.id) })).toEqual({
      orders: [],
      nextCursor: null,
      years: [],
    })
  })

  test('a place nobody was given is refused, never a server error', async () => {
    const { customerId } = await buyingCustomer()
    const odd = [
      'x',
      '',
      '~',
      '0'.repeat(80),
      writeCursor({ at: '2025-13-45T99:00:00.000000Z', id: '1' }),
      writeCursor({ at: 'x', id: "1'" }),
    ]
    for (const cursor of odd)
      expect([cursor, (await rep.try(listOrders, { customerId, cursor })).status]).toEqual([cursor, 400])
    for (const year of [2025.5, '2025'])
      expect((await rep.try(listOrders, { customerId, year: year as number })).status).toBe(200)
  })
})

test('a page deep in a long history reads no more of it than the first', async () => {
  const { buyerId, customerId } = await buyingCustomer()
  await deps.sql`
    insert into orders (buyer_id, source, order_number, kind, ordered_at, currency, amount_fen, items)
    select ${buyerId}, 'deep', 'deep-' || i, 'sale', timestamptz '2020-01-01 00:00:00+00' + i * interval '1 minute', 'CNY', i, '[]'
    from generate_series(1, 20000) i`
  await world.owner`analyze orders`
  const deep = { at: '2020-01-01T03:20:00.000000Z', id: '999999999' }
  const statements = await world.statements(() => rep.call(listOrders, { customerId, cursor: writeCursor(deep) }))
  const page = statements.find((statement) => statement.includes('limit $8'))!
  const read = (at: string | null, id: string | null) =>
    rowsRead(deps.sql, 'orders', page, [customerId, 'rep-a', at, id, null, null, null, 21, 'Asia/Shanghai'])
  expect(await read(deep.at, deep.id)).toBe(21)
  expect(await read(null, null)).toBe(22) // and one for the only year
})
