import { expect, test } from 'vitest'
import { Baskets, belong, confidence, cosine, lift, logLikelihoodRatio, suggest, support } from './association.ts'

test('Dunning’s log-likelihood of (10, 0, 0, 10) is 27.73, and nought where nothing hangs together', () => {
  expect(logLikelihoodRatio(10, 0, 0, 10)).toBeCloseTo(27.726, 3)
  expect(logLikelihoodRatio(5, 5, 5, 5)).toBeCloseTo(0, 10)
})

test('support, confidence, lift and cosine of 4 of 100 orders with both, of 5 and 10', () => {
  const pair = { both: 4, one: 5, other: 10, orders: 100 }
  expect([support(pair), confidence(pair), lift(pair)]).toEqual([0.04, 0.8, 8])
  expect(cosine(pair)).toBeCloseTo(4 / Math.sqrt(50), 12)
  expect(belong(pair)).toBe(true)
})

test('what chance or two orders explain does not belong together', () => {
  expect(belong({ both: 2, one: 2, other: 2, orders: 1_000 })).toBe(false)
  expect(belong({ both: 10, one: 100, other: 100, orders: 1_000 })).toBe(false)
})

const baskets = new Baskets()
for (let i = 0; i < 20; i += 1) baskets.add(['杯', '碟'])
for (let i = 0; i < 15; i += 1) baskets.add(['杯', '碟', '勺'])
for (let i = 0; i < 60; i += 1) baskets.add(['袋'])

test('suggests what goes with what somebody has, the strongest first, and why', () => {
  const found = suggest(baskets.links('杯'), new Map([['杯', 1]]), new Set(['杯']))
  expect(found.map(({ sku }) => sku)).toEqual(['碟', '勺'])
  expect(found[0]?.links[0]).toMatchObject({ from: '杯', to: '碟', both: 35 })
})

test('never what was refunded, is out of stock or was just bought', () => {
  expect(suggest(baskets.links('杯'), new Map([['杯', 1]]), new Set(['碟', '勺']))).toEqual([])
})

test('orders that come later are added to the counts, as if all had been counted at once', () => {
  const later = new Baskets()
  const all: string[][] = [['a', 'b'], ['a', 'b', 'c'], ['c']]
  for (const one of all) later.add(one)
  expect(later.links('a')).toEqual([
    { from: 'a', to: 'b', both: 2, one: 2, other: 2, orders: 3 },
    { from: 'a', to: 'c', both: 1, one: 2, other: 2, orders: 3 },
  ])
})
