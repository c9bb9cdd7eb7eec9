import { describe, expect, test } from 'vitest'
import { DAY_MS } from '#shared/shop-time.ts'
import { promotionIn } from '#shared/touch-kind.ts'
import { DEFAULT_RULES, judge, merged, pressureOf, type Situation } from './pressure.ts'

const now = new Date('2026-01-15T12:00:00+08:00')
const ago = (days: number) => new Date(now.getTime() - days * DAY_MS)
const calm: Situation = { touches: [], rules: DEFAULT_RULES, quiet: undefined, refused: false, now }
const promotions = (...days: number[]) => days.map((d) => ({ at: ago(d), kind: 'promotion' as const }))

test('weights 1, 1, 2 at 0, 2 and 5 days make a pressure of 3.039', () => {
  const touches = [
    { weight: 1, days: 0 },
    { weight: 1, days: 2 },
    { weight: 2, days: 5 },
  ]
  expect(pressureOf(touches)).toBeCloseTo(3.039, 3)
})

test('a touch weighs half of itself after a week', () => {
  expect(pressureOf([{ weight: 0.6, days: 7 }])).toBeCloseTo(0.3, 12)
})

describe('one more promotion', () => {
  test('is welcome where nothing was said', () => {
    expect(judge('promotion', calm)).toEqual({ verdict: 'allow', pressure: 0, week: 0, reasons: [] })
  })

  test('is warned of from the first threshold and stopped from the second, with both numbers', () => {
    const warned = judge('promotion', { ...calm, touches: promotions(7, 7, 7, 7, 7, 7) })
    expect(warned).toMatchObject({ verdict: 'warn', pressure: 1.8 })
    expect(warned.reasons).toMatchObject([{ kind: 'pressure', stops: false, value: 1.8, limit: 1.5 }])
    const stopped = judge('promotion', { ...calm, touches: promotions(...Array.from({ length: 10 }, () => 7)) })
    expect(stopped.reasons).toMatchObject([{ kind: 'pressure', stops: true, value: 3, limit: 3 }])
  })

  test('is stopped after three in a week, until the oldest of them is a week old', () => {
    const { verdict, week, reasons } = judge('promotion', { ...calm, touches: promotions(1, 3, 6) })
    expect({ verdict, week }).toEqual({ verdict: 'block', week: 3 })
    expect(reasons).toContainEqual({ kind: 'weekly', stops: true, value: 3, limit: 3, until: ago(-1).toISOString() })
  })

  test('is stopped for whoever asked not to be contacted', () => {
    expect(judge('promotion', { ...calm, refused: true }).reasons).toMatchObject([{ kind: 'refused', stops: true }])
  })

  test('in quiet hours is warned of, and a message to many waits until they end', () => {
    const quiet = { from: 11 * 60, until: 13 * 60 }
    const until = '2026-01-15T05:00:00.000Z'
    expect(judge('promotion', { ...calm, quiet })).toMatchObject({
      verdict: 'warn',
      reasons: [{ kind: 'quiet', until }],
    })
    expect(judge('mass', { ...calm, quiet })).toMatchObject({ verdict: 'block', reasons: [{ kind: 'quiet', until }] })
  })

  test('soon after a purchase, by their own rhythm, is warned of; later, and an answer, are not', () => {
    const bought = (days: number) => ({ ...calm, rhythm: { days: 45, boughtAt: ago(days) } })
    expect(judge('promotion', bought(3))).toMatchObject({
      verdict: 'warn',
      reasons: [{ kind: 'rhythm', stops: false, value: 3, limit: 45, until: ago(-12).toISOString() }],
    })
    expect(judge('promotion', bought(15)).verdict).toBe('allow')
    expect(judge('service', bought(3)).verdict).toBe('allow')
  })

  test('to many is stopped by the month’s limit, counted in China’s calendar', () => {
    const mass = (iso: string) => ({ at: new Date(iso), kind: 'mass' as const })
    const touches = [
      '2025-12-31T16:30:00Z',
      '2026-01-02T00:00:00Z',
      '2026-01-03T00:00:00Z',
      '2026-01-04T00:00:00Z',
    ].map(mass)
    expect(judge('mass', { ...calm, touches }).reasons.map(({ kind }) => kind)).toContain('monthly')
    const before = touches.map((touch, i) => (i === 0 ? mass('2025-12-31T15:30:00Z') : touch))
    expect(judge('mass', { ...calm, touches: before }).reasons.map(({ kind }) => kind)).not.toContain('monthly')
  })
})

test('an answer to the customer is never stopped, whatever was sent before', () => {
  const worst = { ...calm, touches: promotions(0, 0, 0, 0, 0, 0), refused: true, quiet: { from: 0, until: 1439 } }
  expect(judge('service', worst)).toMatchObject({ verdict: 'allow', reasons: [] })
})

test('the parts of one reply are one touch, the same reply tomorrow is another', () => {
  const send = (minutes: number, replyId: string | null) => ({
    at: new Date(now.getTime() + minutes * 60_000),
    userId: 'a',
    replyId,
  })
  expect(merged([send(0, 'x'), send(1, 'x'), send(2, 'x'), send(1_440, 'x')])).toHaveLength(2)
  expect(merged([send(0, null), send(1, null)])).toHaveLength(2)
})

test('what sells is told from what serves by its words', () => {
  for (const text of [
    '周年庆满300减50',
    '会员专享券 满 199 减 30',
    '这款现在8折',
    '新品到店啦',
    '给您留了优惠券',
    'Everything 20% off today',
  ])
    expect(promotionIn(text)).not.toBeNull()
  for (const text of ['您的快递已经发出', '尺码偏小，建议拍大一码', '我帮您查一下库存', '打折吗？我去问问'])
    expect(promotionIn(text)).toBeNull()
})
