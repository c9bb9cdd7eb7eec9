const DAY = 86_400
const CHINA = 8 * 3600

/** Dates of the shop, all relative to one `now`. Seconds since 1970, as on WeCom's wire. */
export interface ShopClock {
  /** Some minutes ago. */
  minutesAgo(minutes: number): number
  /** A time of day (China, minutes after midnight) so many days ago; never later than now. */
  daysAgo(days: number, minuteOfDay?: number): number
}

export function shopClock(now: Date): ShopClock {
  const seconds = Math.floor(now.getTime() / 1000)
  const midnight = Math.floor((seconds + CHINA) / DAY) * DAY - CHINA
  return {
    minutesAgo: (minutes) => seconds - minutes * 60,
    daysAgo: (days, minuteOfDay = 11 * 60) => Math.min(seconds - 60, midnight - days * DAY + minuteOfDay * 60),
  }
}
