import { expect, test } from 'vitest'
import { afterQuiet } from './after-quiet.ts'

const NIGHT = { from: 21 * 60, until: 9 * 60 }
const china = (text: string) => new Date(`${text}:00+08:00`)

test.for([
  ['2026-11-23T20:59', '2026-11-23T20:59'],
  ['2026-11-23T21:00', '2026-11-24T09:00'],
  ['2026-11-24T08:59', '2026-11-24T09:00'],
  ['2026-11-24T09:00', '2026-11-24T09:00'],
  ['2026-12-31T23:30', '2027-01-01T09:00'],
])('what is due at %s is said at %s', ([due, said]) => {
  expect(afterQuiet(china(due!), NIGHT)).toEqual(china(said!))
})

test('quiet hours within a day, and none at all', () => {
  expect(afterQuiet(china('2026-11-23T12:30'), { from: 12 * 60, until: 14 * 60 })).toEqual(china('2026-11-23T14:00'))
  expect(afterQuiet(china('2026-11-23T23:30'), undefined)).toEqual(china('2026-11-23T23:30'))
})
