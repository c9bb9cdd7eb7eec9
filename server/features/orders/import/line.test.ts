import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { addLine, emptyChunk, type Seen } from './chunk.ts'
import { lineReader, type OrderLine } from './line.ts'
import { locate, PRESETS } from './mapping.ts'
import { readRecords } from './records.ts'

const layout = PRESETS['online-retail']!
const HEADINGS = [
  'InvoiceNo',
  'StockCode',
  'Description',
  'Quantity',
  'InvoiceDate',
  'UnitPrice',
  'CustomerID',
  'Country',
]
const read = lineReader(layout, locate(layout.mapping, HEADINGS))
const row = (changes: Partial<Record<number, string>> = {}) =>
  [
    '536365',
    '85123A',
    'WHITE HANGING HEART T-LIGHT HOLDER',
    '6',
    '2010-12-01 08:26:00',
    '2.55',
    '17850.0',
    'United Kingdom',
  ].map((cell, index) => changes[index] ?? cell)
const line = (changes: Partial<OrderLine> = {}) => ({ ...(read(row()) as OrderLine), ...changes })

describe('a row', () => {
  test('becomes an order line', () => {
    expect(read(row())).toMatchObject({
      order: '536365',
      kind: 'sale',
      member: '17850',
      at: Date.UTC(2010, 11, 1, 8, 26),
      item: { sku: '85123A', name: 'WHITE HANGING HEART T-LIGHT HOLDER', quantity: 6, unitPriceFen: 255 },
      country: 'United Kingdom',
    })
  })

  test('of an invoice that begins with C is a refund', () => {
    expect(read(row({ 0: 'C536379', 3: '-1' }))).toMatchObject({ kind: 'refund', item: { quantity: -1 } })
  })

  test.each([
    ['no member number', row({ 6: '' }), 'no_member'],
    ['no order number', row({ 0: ' ' }), 'no_order'],
    ['words for a quantity', row({ 3: 'six' }), 'bad_quantity'],
    ['a sale of fewer than none', row({ 3: '-6' }), 'bad_quantity'],
    ['a refund of more than none', row({ 0: 'C1' }), 'bad_quantity'],
    ['a price finer than a hundredth', row({ 5: '0.001' }), 'bad_price'],
    ['a price below zero', row({ 5: '-11062.06' }), 'bad_price'],
    ['a day that never was', row({ 4: '2011-02-30 10:00' }), 'bad_date'],
    ['cells missing', row().slice(0, 5), 'missing_columns'],
  ])('with %s is left out, and why is known', (_, cells, reason) => {
    expect(read(cells)).toBe(reason)
  })

  test('without a name is called by its stock code', () => {
    expect(read(row({ 2: '' }))).toMatchObject({ item: { name: '85123A' } })
  })
})

describe('rows of one order', () => {
  test('become one order, wherever they stand, dated by the earliest', () => {
    const chunk = emptyChunk()
    const seen: Seen = new Map()
    addLine(chunk, seen, line())
    addLine(chunk, seen, line({ order: '2' }))
    addLine(chunk, seen, line({ at: 5 }))
    expect(chunk.parts.get('536365')).toMatchObject({ amountFen: 2 * 6 * 255, at: 5, more: false })
    expect(chunk.parts.get('536365')?.items).toHaveLength(2)
  })

  test('go on in a later chunk', () => {
    const seen: Seen = new Map()
    addLine(emptyChunk(), seen, line())
    const next = emptyChunk()
    addLine(next, seen, line())
    expect(next.parts.get('536365')?.more).toBe(true)
  })

  test('that name two buyers do not mix', () => {
    const seen: Seen = new Map()
    const chunk = emptyChunk()
    addLine(chunk, seen, line())
    expect(addLine(chunk, seen, line({ member: '1' }))).toBe('other_member')
    expect(chunk.parts.get('536365')?.items).toHaveLength(1)
  })
})

test('a row knows the line it begins on, past quoted line breaks and blank lines', async () => {
  const records = []
  for await (const record of readRecords(Readable.from(['\ufeffa,b\r\n"1\r\n2",x\r\n\r\n"say ""hi""",y\r\n'])))
    records.push(record)
  expect(records).toEqual([
    { line: 1, fields: ['a', 'b'] },
    { line: 2, fields: ['1\r\n2', 'x'] },
    { line: 5, fields: ['say "hi"', 'y'] },
  ])
})
