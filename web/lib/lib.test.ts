import { beforeEach, describe, expect, test } from 'vitest'
import type { CustomerId } from '#shared/ids.ts'
import { formatMoney } from '#shared/money.ts'
import { cardWith } from '#web/features/replies/testing.ts'
import { HostError } from '#web/host/host.ts'
import { ApiError } from './api.ts'
import { forgetCard, keepCard, readCard, wipeCards } from './cache.ts'
import { errorText } from './error-text.ts'
import { defineMessages, locale } from './i18n.ts'
import { daysSince, lastTwelveMonths, moment } from './time.ts'

const id = (text: string) => text as CustomerId
beforeEach(() => {
  localStorage.clear()
  locale.value = 'zh'
})

describe('cards kept on the device', () => {
  test('belong to the member who saw them, and to nobody else', () => {
    keepCard('rep-a', cardWith({}, 'wmA'))
    expect(readCard('rep-a', id('wmA'))?.customer.id).toBe('wmA')
    expect(readCard('rep-b', id('wmA'))).toBeUndefined()
    keepCard('rep-b', cardWith({}, 'wmB'))
    expect(readCard('rep-a', id('wmA'))).toBeUndefined()
  })
  test('are fifty at most, the newest; a lost customer and a sign-out take them away', () => {
    for (let n = 0; n < 60; n++) keepCard('rep-a', cardWith({}, `wm${n}`))
    expect(readCard('rep-a', id('wm9'))).toBeUndefined()
    expect(readCard('rep-a', id('wm59'))).toBeDefined()
    forgetCard('rep-a', id('wm59'))
    expect(readCard('rep-a', id('wm59'))).toBeUndefined()
    wipeCards()
    expect(localStorage.length).toBe(0)
  })
  test('that were damaged count as none', () => {
    localStorage.setItem('pangbai.cards', '{"member":"rep-a","cards":')
    expect(readCard('rep-a', id('wmA'))).toBeUndefined()
  })
})

describe('times', () => {
  const now = new Date('2026-11-23T02:00:00Z')
  test('are told by the shop’s clock: today the hour, this year the day, earlier the date', () => {
    expect(moment('2026-11-23T01:05:00.123456Z', now)).toBe('09:05')
    expect(moment('2026-11-22T16:30:00Z', now)).toBe('00:30')
    expect(moment('2026-11-10T04:00:00Z', now)).toBe('11-10')
    expect(moment('2025-12-31T04:00:00Z', now)).toBe('2025-12-31')
  })
  test('days are calendar days, not spans of 24 hours', () => {
    expect(daysSince('2026-11-22T15:59:00Z', now)).toBe(1)
    expect(daysSince('2026-11-22T16:01:00Z', now)).toBe(0)
  })
  test('the last twelve months cross the year', () => {
    const months = lastTwelveMonths(now)
    expect([months[0], months[11], months.length]).toEqual(['2025-12', '2026-11', 12])
  })
})

test.each([
  [1_864_000, 'CNY', '¥18,640'],
  [-255, 'GBP', '-£2.55'],
  [5, 'CNY', '¥0.05'],
  [100, 'SEK', 'SEK 1'],
])('%i hundredths of %s read %s', (fen, currency, text) => expect(formatMoney(fen, currency)).toBe(text))

describe('what went wrong, in words', () => {
  test('the server’s own sentence stands in Chinese; in English the code is translated', () => {
    const error = new ApiError('wecom_refused', '这位客户已经把你删除', 84061)
    expect(errorText(error)).toBe('这位客户已经把你删除')
    locale.value = 'en'
    expect(errorText(error)).toBe('WeCom refused')
  })
  test('a client’s refusal and an unexpected failure are sentences too', () => {
    expect(errorText(new HostError('no_permission', 'x'))).toContain('客户联系')
    expect(errorText(new TypeError('x'))).toBe('服务器出错了，请稍后再试')
  })
})

test('a text fills its places and follows the language', () => {
  const t = defineMessages({ orders: ['累计 {n} 单', '{n} orders'] })
  expect(t('orders', { n: 3 })).toBe('累计 3 单')
  locale.value = 'en'
  expect(t('orders', { n: 3 })).toBe('3 orders')
})
