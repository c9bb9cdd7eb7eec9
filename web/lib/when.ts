import { DAY_MS, SHOP_MS } from '#shared/shop-time.ts'

const WEEK = ['日', '一', '二', '三', '四', '五', '六']
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

/** `days` from today at an hour of the shop's clock. */
export function dayAt(days: number, hour: number, minute = 0, now = new Date()): Date {
  const today = Math.floor((now.getTime() + SHOP_MS) / DAY_MS)
  return new Date((today + days) * DAY_MS + (hour * 60 + minute) * 60_000 - SHOP_MS)
}

/** What an `<input type="datetime-local">` holds, read and written by the shop's clock whatever the device's is. */
export const toField = (at: Date): string => new Date(at.getTime() + SHOP_MS).toISOString().slice(0, 16)
export function fromField(text: string): Date | null {
  const at = new Date(`${text}:00Z`)
  return Number.isNaN(at.getTime()) ? null : new Date(at.getTime() - SHOP_MS)
}

const there = (at: Date) => new Date(at.getTime() + SHOP_MS)

/** `12-12 周六`, with the hour where it is not the usual ten: `11-24 周二 15:30`. */
export function whenText(at: Date, locale: 'zh' | 'en', usualHour = 10): string {
  const date = there(at)
  const iso = date.toISOString()
  const weekday = locale === 'zh' ? `周${WEEK[date.getUTCDay()]}` : DAYS[date.getUTCDay()]
  const hour = iso.slice(11, 16)
  return `${iso.slice(5, 10)} ${weekday}${hour === `${String(usualHour).padStart(2, '0')}:00` ? '' : ` ${hour}`}`
}

/** How near a due moment is: 今天 18:00, 明天 10:00, 昨天…, else the date. */
export function dueText(at: Date, locale: 'zh' | 'en', now = new Date()): string {
  const dayNumber = (date: Date) => Math.floor(there(date).getTime() / DAY_MS)
  const apart = dayNumber(at) - dayNumber(now)
  const names: Record<string, [string, string]> = {
    '-1': ['昨天', 'Yesterday'],
    '0': ['今天', 'Today'],
    '1': ['明天', 'Tomorrow'],
    '2': ['后天', 'In 2 days'],
  }
  const name = names[String(apart)]?.[locale === 'zh' ? 0 : 1]
  return name ? `${name} ${there(at).toISOString().slice(11, 16)}` : whenText(at, locale, -1)
}
