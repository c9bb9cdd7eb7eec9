import { expect, test } from 'vitest'
import { survivalAt, survivalOf } from './survival.ts'

// 6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+
const lived = [
  [6, 3, 1],
  [7, 1, 0],
  [9, 0, 1],
  [10, 1, 1],
  [11, 0, 1],
  [13, 1, 0],
  [16, 1, 0],
  [17, 0, 1],
  [19, 0, 1],
  [20, 0, 1],
  [22, 1, 0],
  [23, 1, 0],
  [25, 0, 1],
  [32, 0, 2],
  [34, 0, 1],
  [35, 0, 1],
].map(([days = 0, ended = 0, standing = 0]) => ({ days, ended, standing }))

test('the estimate of the textbook: remission times of 21 patients (Freireich 1963, Kalbfleisch & Prentice)', () => {
  expect(
    survivalOf(lived.toReversed()).map(({ day, share, atRisk }) => [day, Number(share.toFixed(3)), atRisk]),
  ).toEqual([
    [0, 1, 21],
    [6, 0.857, 21],
    [7, 0.807, 17],
    [10, 0.753, 15],
    [13, 0.69, 12],
    [16, 0.627, 11],
    [22, 0.538, 7],
    [23, 0.448, 6],
  ])
})

test('at whole steps: the estimate of the day, and how many had lived so long', () => {
  expect(survivalAt(lived, 10, 3).map(({ day, share, atRisk }) => [day, Number(share.toFixed(3)), atRisk])).toEqual([
    [0, 1, 21],
    [10, 0.753, 15],
    [20, 0.627, 8],
  ])
})

test('nobody: nothing to say', () => expect([survivalOf([]), survivalAt([], 30, 25)]).toEqual([[], []]))
