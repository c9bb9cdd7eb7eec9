import { expect, test } from 'vitest'
import { inWords, isBusy, NO_ANSWER, worthRetrying } from './advice.ts'

const EXPLAINED = [
  -1,
  6000,
  40001,
  40003,
  40013,
  40014,
  40029,
  40056,
  40058,
  40068,
  40071,
  40072,
  40096,
  40126,
  41001,
  42001,
  42003,
  42012,
  42022,
  45009,
  45033,
  48002,
  50001,
  50003,
  60011,
  60020,
  60111,
  80001,
  81011,
  84061,
  84074,
  85005,
  301002,
  NO_ANSWER,
]

test.for(EXPLAINED)('%i is told in words of its own, with the code', (code) => {
  expect(inWords(code)).toMatch(/^[^（]+，请|^[^（]+，/)
  expect(inWords(code)).toContain(`（错误码 ${code}）`)
  expect(inWords(code)).not.toContain('拒绝了这次操作')
})

test('an unknown code still gets a sentence and its number', () => {
  expect(inWords(99999)).toBe('企业微信拒绝了这次操作，请稍后再试，仍不行请把错误码告诉管理员（错误码 99999）')
})

const untrusted = (from: string) =>
  `not allow to access from your ip, hint: [1769904], from ip: ${from}, more info at https://x`

test('an untrusted IP is named, so that the administrator can add it', () => {
  expect(inWords(60020, untrusted('203.0.113.25'))).toContain('加入 203.0.113.25 ')
  expect(inWords(60020, untrusted('2001:db8::1'))).toContain('加入 2001:db8::1 ')
  expect(inWords(60020, 'another wording altogether')).toContain('企业可信IP')
})

test('no other code repeats what WeCom wrote', () => {
  expect(inWords(40001, untrusted('203.0.113.25'))).not.toContain('203.0.113.25')
})

test('a frequency limit passes by itself but is not tried again at once', () => {
  expect([isBusy(45009), worthRetrying(45009)]).toEqual([true, false])
  expect([isBusy(45033), worthRetrying(45033)]).toEqual([true, true])
  expect([isBusy(84061), worthRetrying(84061)]).toEqual([false, false])
})
