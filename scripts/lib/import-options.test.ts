import { expect, test } from 'vitest'
import { layoutOf, planImport } from './import-options.ts'
import { progressLine } from './progress.ts'

const MAP = 'order=单号,sku=货号,name=品名,quantity=数量,price=单价,at=时间,member=会员号'

test('the known file is in pounds on London’s clock, a shop’s own in what it declares on China’s', () => {
  expect(layoutOf({ preset: 'online-retail' })).toMatchObject({
    source: 'online-retail',
    currency: 'GBP',
    utcOffset: 0,
  })
  expect(layoutOf({ map: MAP, currency: 'CNY' })).toMatchObject({ source: 'shop', currency: 'CNY', utcOffset: 480 })
  expect(layoutOf({ preset: 'online-retail', currency: 'CNY', source: 'x' })).toMatchObject({
    source: 'x',
    currency: 'CNY',
  })
})

test('an amount without a currency is refused', () => {
  expect(() => layoutOf({ map: MAP })).toThrow(/--currency/)
  expect(() => layoutOf({ map: MAP, currency: 'yuan' })).toThrow(/--currency/)
})

test('what was mistyped is answered in a sentence', async () => {
  expect(() => layoutOf({ preset: 'taobao' })).toThrow(/online-retail/)
  expect(() => layoutOf({ map: MAP, currency: 'CNY', 'utc-offset': '8' })).toThrow(/\+08:00/)
  await expect(planImport(['a', 'b'], { preset: 'online-retail' })).rejects.toThrow(/一个文件/)
  await expect(planImport(['a'], { preset: 'online-retail', 'shift-to-date': 'today' })).rejects.toThrow(/2026-03-11/)
})

test('progress is a bar on a terminal and at most eleven lines elsewhere', () => {
  const show = (isTTY: boolean) => {
    let text = ''
    const line = progressLine({ isTTY, write: (part) => (text += part) })
    for (let rows = 0; rows <= 1000; rows += 10) line.show({ rows, share: rows / 1000 })
    line.end()
    return text
  }
  expect(show(true)).toMatch(/\r█{30} 100% {2}1,000 行\n$/)
  expect(show(false).trim().split('\n')).toHaveLength(11)
})
