import { expect, test } from 'vitest'
import { nextDue } from './repeat.ts'

const china = (text: string) => new Date(`${text}:00+08:00`)

test.for([
  ['2026-11-23T10:00', 'daily', '2026-11-23T11:00', '2026-11-24T10:00'],
  ['2026-11-23T10:00', 'daily', '2026-11-29T11:00', '2026-11-30T10:00'],
  ['2026-11-23T10:00', 'weekly', '2026-11-23T11:00', '2026-11-30T10:00'],
  ['2026-01-31T10:00', 'monthly', '2026-02-01T00:00', '2026-02-28T10:00'],
  ['2026-01-31T10:00', 'monthly', '2026-03-01T00:00', '2026-03-31T10:00'],
  ['2026-12-31T23:30', 'monthly', '2027-01-01T00:00', '2027-01-31T23:30'],
] as const)('of %s, %s: done at %s, the next is %s', ([due, repeat, now, next]) => {
  expect(nextDue(china(due), repeat, china(now))).toEqual(china(next))
})
