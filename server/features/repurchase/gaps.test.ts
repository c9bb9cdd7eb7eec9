import { expect, test } from 'vitest'
import { GapBook } from './backtest.ts'
import { gapsOf, Histogram, madOf, median, nextGap } from './gaps.ts'

test('(n · own median + 2 · category median) / (n + 2): the more is known of somebody, the more they count', () => {
  const usual = { median: 60, mad: 10 }
  expect(nextGap([30], usual)).toEqual({ days: 50, spread: 10 })
  expect(nextGap([30, 30, 30, 30, 30, 30], usual)).toEqual({ days: 37.5, spread: 0 })
  expect(nextGap([], usual)).toBeUndefined()
})

test('several purchases on one day are one, in any order', () => {
  expect(gapsOf([40, 10, 10, 25])).toEqual([15, 15])
  expect(gapsOf([7])).toEqual([])
})

test('median and its absolute deviation, also when only counts are kept', () => {
  const values = [1, 3, 3, 8, 40]
  const histogram = new Histogram()
  for (const value of values) histogram.add(value)
  expect(median(values)).toBe(3)
  expect(madOf(values)).toBe(2)
  expect(histogram.usual()).toEqual({ median: 3, mad: 2 })
})

test('a category is shown only where it foretells no worse than both simpler ways', () => {
  const steady = new GapBook()
  for (let i = 0; i < 40; i += 1) steady.add('豆', [20 + i, 21 + i, 20 + i, 22 + i, 20 + i])
  expect(steady.finish().categories[0]).toMatchObject({ category: '豆', shown: false })
  const noisy = new GapBook()
  for (let i = 0; i < 40; i += 1) noisy.add('豆', i % 2 ? [25, 40, 20, 45, 30] : [55, 80, 60, 85, 68])
  const { backtest, shown } = noisy.finish().categories[0]!
  expect(shown).toBe(true)
  expect(backtest.ours).toBeLessThan(Math.min(backtest.category, backtest.last))
})

test('without enough cases nothing is shown', () => {
  const few = new GapBook()
  for (let i = 0; i < 10; i += 1) few.add('豆', i % 2 ? [25, 40, 20, 45, 30] : [55, 80, 60, 85, 68])
  expect(few.finish().categories[0]!.shown).toBe(false)
})
