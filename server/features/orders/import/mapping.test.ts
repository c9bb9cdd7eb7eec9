import { describe, expect, test } from 'vitest'
import { ImportError, locate, parseMapping, PRESETS } from './mapping.ts'

const ALL = 'order=单号,sku=货号,name=品名,quantity=数量,price=单价,at=时间,member=会员号'

describe('column mapping', () => {
  test('a file with Chinese headings can be imported', () => {
    const mapping = parseMapping(`${ALL},store=门店`)
    expect(locate(mapping, ['门店', '单号', '货号', '品名', '数量', '单价', '时间', '会员号']).get('store')).toBe(0)
  })

  test('a preset’s columns can be changed one by one', () => {
    const { mapping } = PRESETS['online-retail']!
    expect(parseMapping('member=Card', mapping)).toEqual({ ...mapping, member: 'Card' })
  })

  test.each(['order', 'colour=红', '=x', 'order='])('"%s" is refused with the names that exist', (text) => {
    expect(() => parseMapping(`${ALL},${text}`)).toThrow(/order sku name/)
  })

  test('what is missing is named, in the mapping and in the file', () => {
    expect(() => parseMapping('order=单号')).toThrow(/sku name quantity price at member/)
    expect(() => locate(parseMapping(ALL), ['单号', '货号'])).toThrow(ImportError)
    expect(() => locate(parseMapping(ALL), ['单号', '货号'])).toThrow(/品名、数量/)
  })
})
