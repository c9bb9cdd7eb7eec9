import { DAY_MS, SHOP_MS } from './shop-time.ts'

/** A day in China as a count of days; the arithmetic of calendars is done on it. */
export interface Day {
  year: number
  month: number
  day: number
}

/** Days everybody names instead of dates; `MM-DD`. */
export const FEASTS: Record<string, [month: number, day: number]> = {
  元旦: [1, 1],
  情人节: [2, 14],
  妇女节: [3, 8],
  三八节: [3, 8],
  五一: [5, 1],
  劳动节: [5, 1],
  五二零: [5, 20],
  儿童节: [6, 1],
  六一: [6, 1],
  六一八: [6, 18],
  '618': [6, 18],
  教师节: [9, 10],
  十一: [10, 1],
  国庆: [10, 1],
  双11: [11, 11],
  双十一: [11, 11],
  双12: [12, 12],
  双十二: [12, 12],
  平安夜: [12, 24],
  圣诞: [12, 25],
  跨年: [12, 31],
}
/** The same by the moon, as its calendar counts months and days. */
export const MOON: Record<string, [month: number, day: number]> = {
  春节: [1, 1],
  过年: [1, 1],
  元宵: [1, 15],
  端午: [5, 5],
  七夕: [7, 7],
  中秋: [8, 15],
  重阳: [9, 9],
}

export const dayOf = (at: Date): Day => {
  const there = new Date(at.getTime() + SHOP_MS)
  return { year: there.getUTCFullYear(), month: there.getUTCMonth() + 1, day: there.getUTCDate() }
}
export const stamp = ({ year, month, day }: Day): number => Date.UTC(year, month - 1, day)
export const plus = (from: Day, days: number): Day => dayOf(new Date(stamp(from) + days * DAY_MS - SHOP_MS))
export const lastOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()
export const weekdayOf = (day: Day): number => new Date(stamp(day)).getUTCDay() || 7

/** The same day `months` later; a month without it takes its last. */
export function plusMonths({ year, month, day }: Day, months: number): Day {
  const at = year * 12 + (month - 1) + months
  const [y, m] = [Math.floor(at / 12), (at % 12) + 1]
  return { year: y, month: m, day: Math.min(day, lastOf(y, m)) }
}

export function exists({ year, month, day }: Day): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= lastOf(year, month)
}

/** The next one from today on: this year's, or next year's when it is over. 29 February waits for its year. */
export function nextYearly(today: Day, month: number, day: number): Day | null {
  for (let year = today.year; year <= today.year + 8; year++) {
    const one = { year, month, day }
    if (exists(one) && stamp(one) >= stamp(today)) return one
  }
  return null
}

export function nextMonthly(today: Day, day: number): Day | null {
  for (let ahead = 0; ahead < 12; ahead++) {
    const { year, month } = plusMonths({ ...today, day: 1 }, ahead)
    const one = { year, month, day }
    if (exists(one) && stamp(one) >= stamp(today)) return one
  }
  return null
}

/** First days of the moon's years, `YYYY-MM-DD`: browsers reckon 2027's a day late. */
const NEW_YEARS = [
  '2026-02-17',
  '2027-02-06',
  '2028-01-26',
  '2029-02-13',
  '2030-02-03',
  '2031-01-23',
  '2032-02-11',
  '2033-01-31',
]

let moonCalendar: Intl.DateTimeFormat | undefined

/** A feast of the moon's calendar within the next thirteen months; null where the browser does not know that calendar. */
export function nextMoon(today: Day, month: number, day: number): Day | null {
  for (const first of month === 1 ? NEW_YEARS : []) {
    const one = plus(dayOf(new Date(first)), day - 1)
    if (stamp(one) >= stamp(today)) return one
  }
  moonCalendar ??= new Intl.DateTimeFormat('en-u-ca-chinese', { month: 'numeric', day: 'numeric', timeZone: 'UTC' })
  for (let ahead = 0; ahead < 400; ahead++) {
    const one = plus(today, ahead)
    const parts = moonCalendar.formatToParts(new Date(stamp(one)))
    const read = (type: string) => parts.find((part) => part.type === type)?.value
    if (read('month') === String(month) && read('day') === String(day)) return one
  }
  return null
}
