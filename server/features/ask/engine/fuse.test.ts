import { expect, test } from 'vitest'
import { bestOf, fuse, reciprocals } from './fuse.ts'

const scores = (...values: number[]) => Float64Array.from(values)

test('by ranks alone it is reciprocal rank fusion: Σ weight / (60 + rank), over its greatest', () => {
  const signals = [
    { scores: scores(9, 1, 8), weight: 1 },
    { scores: scores(0, 7, 6), weight: 3 },
  ]
  const fused = fuse(signals, 1)
  const expected = [1 / 61, 1 / 63 + 3 / 61, 1 / 62 + 3 / 62].map((sum) => (sum * 61) / 4)
  for (const [doc, value] of expected.entries()) expect(fused[doc]).toBeCloseTo(value, 12)
})

test('one that every signal puts first has 1, one that none has found 0', () => {
  const fused = fuse(
    [
      { scores: scores(5, 2, 0), weight: 0.2 },
      { scores: scores(3, 3, 0), weight: 1 },
    ],
    0.25,
  )
  expect(fused[0]).toBeCloseTo(1, 12)
  expect(fused[2]).toBe(0)
})

test('by use: the greatest first, equal ones alike, never used not at all', () => {
  expect(reciprocals([0, 30, 2, 30])).toEqual([0, 1, 61 / 62, 1])
})

test('the best of many, of equal ones the earlier, without sorting all', () => {
  const many = Float64Array.from({ length: 5_000 }, (_, at) => at % 100)
  expect(bestOf(many, 3)).toEqual([99, 199, 299])
  expect(bestOf(many, 2, (doc) => doc % 2 === 0)).toEqual([98, 198])
})
