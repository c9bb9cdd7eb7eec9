import { findNotAfter } from './not-after.ts'
import {
  type Day,
  dayOf,
  exists,
  FEASTS,
  lastOf,
  MOON,
  nextMonthly,
  nextMoon,
  nextYearly,
  plus,
  plusMonths,
  stamp,
  weekdayOf,
} from './chinese-calendar.ts'
import { SHOP_MS } from './shop-time.ts'

/** A date found in Chinese text. `phrase`: the words it was read from, `from` where they begin. `timed`: the text named an hour. */
export interface FoundDate {
  at: Date
  phrase: string
  from: number
  timed: boolean
}

const DIGITS: Record<string, number> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}
const N = '(\\d{1,2}|[一二两三四五六七八九十]{1,3})'

/** 十二 → 12, 二十 → 20, 3 → 3. */
function numberOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  const [tens, ones] = text.includes('十') ? text.split('十') : ['', text]
  const ten = text.includes('十') ? (tens ? (DIGITS[tens] ?? 0) : 1) * 10 : 0
  return ten + (ones ? (DIGITS[ones] ?? 0) : 0)
}

const WEEKDAY: Record<string, number> = {
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  日: 7,
  天: 7,
  末: 6,
  '1': 1,
  '2': 2,
  '3': 3,
  '4': 4,
  '5': 5,
  '6': 6,
  '7': 7,
}
/** 下周三: that weekday of the week after this one. 周三: the next to come, today included; 这周三 stays in this week even if over. */
function byWeek(today: Day, weeks: number | null, weekday: number): Day {
  const monday = plus(today, 1 - weekdayOf(today))
  if (weeks !== null) return plus(monday, weeks * 7 + weekday - 1)
  const ahead = (weekday - weekdayOf(today) + 7) % 7
  return plus(today, ahead)
}

/** `before`: characters of which none may stand right before. */
type Rule = [pattern: RegExp, read: (m: RegExpExecArray, today: Day) => Day | null, before?: string]

const RULES: Rule[] = [
  [
    /(\d{4})\s*[年/.-]\s*(\d{1,2})\s*[月/.-]\s*(\d{1,2})\s*[日号]?/,
    (m) => ({ year: +m[1]!, month: +m[2]!, day: +m[3]! }),
  ],
  [
    new RegExp(`(明年|今年)?${N}月${N}[日号]?`),
    (m, today) => {
      const [month, day] = [numberOf(m[2]!), numberOf(m[3]!)]
      if (m[1]) return { year: today.year + (m[1] === '明年' ? 1 : 0), month, day }
      return nextYearly(today, month, day)
    },
  ],
  [
    new RegExp(`(下下个?|下个?|这个?|本)月(底|末|初|中旬?|${N}[日号])`),
    (m, today) => {
      const ahead = m[1]!.startsWith('下下') ? 2 : m[1]!.startsWith('下') ? 1 : 0
      const { year, month } = plusMonths({ ...today, day: 1 }, ahead)
      const day = /^[底末]/.test(m[2]!)
        ? lastOf(year, month)
        : m[2] === '初'
          ? 1
          : m[2]!.startsWith('中')
            ? 15
            : numberOf(m[3]!)
      return { year, month, day }
    },
  ],
  [/月[底末]/, (_, today) => ({ ...today, day: lastOf(today.year, today.month) })],
  [/月初/, (_, today) => nextMonthly(today, 1)],
  [/月中/, (_, today) => nextMonthly(today, 15)],
  [/(明)?年[底末]/, (m, today) => ({ year: today.year + (m[1] ? 1 : 0), month: 12, day: 31 })],
  [/大后天/, (_, today) => plus(today, 3)],
  [/后天/, (_, today) => plus(today, 2)],
  [/明[天日早晚]/, (_, today) => plus(today, 1)],
  [/今[天日早晚]/, (_, today) => today],
  [
    new RegExp(`${N}\\s*个?(天|日|周|星期|礼拜|个月|月)[之以]?后|过${N}\\s*个?(天|周|星期|礼拜|月)`),
    (m, today) => {
      const [count, unit] = [numberOf(m[1] ?? m[3]!), m[2] ?? m[4]!]
      if (/月/.test(unit)) return plusMonths(today, count)
      return plus(today, /[天日]/.test(unit) ? count : count * 7)
    },
  ],
  [/半个?月后/, (_, today) => plus(today, 15)],
  [
    /(下下|下|这|本)?个?(?:周|星期|礼拜)([一二三四五六日天末1-7])/,
    (m, today) => byWeek(today, m[1] ? { 下下: 2, 下: 1, 这: 0, 本: 0 }[m[1]]! : null, WEEKDAY[m[2]!]!),
  ],
  [/下个?(?:周|星期|礼拜)/, (_, today) => byWeek(today, 1, 1)],
  [/下个月/, (_, today) => plusMonths(today, 1)],
  [new RegExp(Object.keys(MOON).join('|')), (m, today) => nextMoon(today, ...MOON[m[0]]!)],
  [
    new RegExp(
      `(${Object.keys(FEASTS)
        .sort((a, b) => b.length - a.length)
        .join('|')}|双\\s1[12])(?![\\d.元块件月个])`,
    ),
    (m, today) => nextYearly(today, ...FEASTS[m[1]!.replace(/\s/g, '')]!),
    '0123456789.',
  ],
  [
    /(\d{1,2})[-/](\d{1,2})(?![\d.:/-])(?!\s*[码号折])/,
    (m, today) => nextYearly(today, +m[1]!, +m[2]!),
    '0123456789.:/-',
  ],
  [/(\d{1,2})[号日](?![码线店楼门色柜款])/, (m, today) => nextMonthly(today, +m[1]!), '0123456789.月'],
]

interface Hour {
  hour: number
  minute: number
}

const PART: Record<string, number> = {
  凌晨: 6,
  早上: 9,
  早晨: 9,
  上午: 10,
  中午: 12,
  下午: 15,
  傍晚: 18,
  晚上: 19,
  今晚: 19,
  明晚: 19,
  明早: 9,
  今早: 9,
}
const PARTS = Object.keys(PART).join('|')
const CLOCK = new RegExp(
  `(${PARTS})?\\s*(?:([01]?\\d|2[0-3])[:：]([0-5]\\d)|${N}\\s*点\\s*(半|一刻|三刻|[0-5]?\\d分?)?(?!半?[以儿]?[个件元]))`,
)

/** 下午三点半 → 15:30; 三点 alone is the afternoon, as shops are open then. */
function hourIn(text: string): (Hour & { phrase: string; from: number }) | null {
  const m = CLOCK.exec(text)
  const part = m?.[1] ?? new RegExp(PARTS).exec(text)?.[0]
  if (m) {
    const hour = m[2] !== undefined ? +m[2] : numberOf(m[4]!)
    const minute =
      m[3] !== undefined ? +m[3] : ({ 半: 30, 一刻: 15, 三刻: 45 }[m[5] ?? ''] ?? (parseInt(m[5] ?? '0', 10) || 0))
    if (hour > 24) return null
    const late = part !== undefined && PART[part]! >= 12
    const open = part === undefined && m[2] === undefined && hour >= 1 && hour <= 7
    return { hour: hour < 12 && (late || open) ? hour + 12 : hour, minute, phrase: m[0].trim(), from: m.index }
  }
  if (part === undefined) return null
  return { hour: PART[part]!, minute: 0, phrase: part, from: text.indexOf(part) }
}

/** When only a day was named. */
const USUAL_HOUR = 10

/**
 * The first date that a Chinese text names, seen from `now`: 明天, 下周三下午, 月底, 12月3号, 3天后, 双12, 15:30. Null when it names none, or only a
 * moment that is over. An hour alone is today's, or tomorrow's when it is past. What it finds is a proposal: the rep confirms it.
 */
export function findDate(text: string, now: Date): FoundDate | null {
  const today = dayOf(now)
  const clock = hourIn(text)
  const found = firstDay(text, today)
  if (!found && (!clock || !CLOCK.test(text))) return null
  const { hour, minute } = clock ?? { hour: USUAL_HOUR, minute: 0 }
  const moment = (day: Day) => new Date(stamp(day) + (hour * 60 + minute) * 60_000 - SHOP_MS)
  if (!found) {
    const at = moment(today)
    const day = at > now ? at : moment(plus(today, 1))
    return { at: day, phrase: clock!.phrase, from: clock!.from, timed: true }
  }
  let at = moment(found.day)
  // 今天 without an hour, said after ten: by the end of the shop's day.
  if (at <= now && !clock && stamp(found.day) === stamp(today)) at = new Date(stamp(today) + 18 * 3_600_000 - SHOP_MS)
  if (at <= now) return null
  const joined = clock && clock.from === found.from + found.phrase.length ? found.phrase + clock.phrase : found.phrase
  return { at, phrase: joined, from: found.from, timed: clock !== null }
}

/** The earliest in the text; where two begin together, the earlier rule. */
function firstDay(text: string, today: Day): { day: Day; phrase: string; from: number } | null {
  let best: { day: Day; phrase: string; from: number } | null = null
  for (const [pattern, read, before = ''] of RULES) {
    const m = findNotAfter(text, pattern, before)
    if (!m || (best && (best.from < m.index || (best.from === m.index && best.phrase.length >= m[0].length)))) continue
    const day = read(m, today)
    if (day && exists(day)) best = { day, phrase: m[0].trim(), from: m.index }
  }
  return best
}
