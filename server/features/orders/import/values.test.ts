import { describe, expect, test } from 'vitest'
import { memberNumber, parseFen, parseMoment, parseUtcOffset, parseWhole } from './values.ts'

describe('money', () => {
  test.each([
    ['2.55', 255],
    ['0', 0],
    ['-0.00', 0],
    ['7', 700],
    ['0.1', 10],
    ['1.005000', undefined],
    ['2.5500', 255],
    ['-12.30', -1230],
    ['99999999999.99', 9_999_999_999_999],
    ['0.001', undefined],
    ['1e3', undefined],
    ['', undefined],
    ['12.', undefined],
    ['￥3', undefined],
    ['NaN', undefined],
    ['0x10', undefined],
    [' 1', undefined],
  ])('%s is %s hundredths', (text, fen) => {
    expect(parseFen(text)).toBe(fen)
  })

  test('no amount up to a thousand loses a hundredth', () => {
    for (let fen = 0; fen <= 100_000; fen++) {
      const text = `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
      if (parseFen(text) !== fen) expect(text).toBe(fen)
    }
  })
})

describe('dates', () => {
  test('are read on the file’s own clock', () => {
    expect(parseMoment('2011-12-09 12:50:00', 0)).toBe(Date.UTC(2011, 11, 9, 12, 50))
    expect(parseMoment('2011/1/9 8:05', 480)).toBe(Date.UTC(2011, 0, 9, 0, 5))
    expect(parseMoment('2024-02-29T23:59:59', 0)).toBe(Date.UTC(2024, 1, 29, 23, 59, 59))
  })

  test.each([
    '2023-02-29 10:00',
    '2011-13-01 10:00',
    '2011-12-09',
    '2011-12-09 24:00',
    '2011-12-09 10:60',
    '09/12/2011 10:00',
    '1969-12-31 10:00',
    '',
  ])('"%s" is no date', (text) => {
    expect(parseMoment(text, 0)).toBeUndefined()
  })

  test('clocks are given as hours and minutes from UTC', () => {
    expect(parseUtcOffset('+08:00')).toBe(480)
    expect(parseUtcOffset('-03:30')).toBe(-210)
    expect(parseUtcOffset('8')).toBeUndefined()
  })
})

test('numbers and ids survive a spreadsheet that writes .0 behind them', () => {
  expect(parseWhole('6.0')).toBe(6)
  expect(parseWhole('-3')).toBe(-3)
  expect(parseWhole('1.5')).toBeUndefined()
  expect(memberNumber('17850.0')).toBe('17850')
  expect(memberNumber('VIP-3.0')).toBe('VIP-3.0')
})
