import {
  ARTICLE,
  bare,
  COUNTS,
  date,
  DAY_NAMES,
  discount,
  g,
  LATER,
  NUM,
  price,
  quantity,
  ROLES,
  round,
  SAME,
  UNIT,
  valueOf,
  yuan,
} from './amount-units.ts'
import { CHINESE_DIGIT, CHINESE_NUMERAL } from './numerals.ts'

/** A stretch that says how much, how many or when. `keys`: what it may be found by; one is enough. */
export interface Amount {
  kind: 'price' | 'date' | 'quantity'
  piece: string
  keys: string[]
}

type Rule = [pattern: RegExp, read: (match: RegExpExecArray, before: string) => Omit<Amount, 'piece'> | null]
/** In this order; what one has read the next does not see. */
export const RULES: Rule[] = [
  [
    g(`(?:(上午|下午|晚上|傍晚|中午|凌晨|早上)\\s*)?(\\d{1,2})[:：](\\d{2})(?::\\d{2})?`),
    ([, part = '', h, m]) => clock(part, Number(h), Number(m)),
  ],
  [g(`(?:(上午|下午|晚上|傍晚|中午|凌晨|早上)\\s*)?(${NUM})点(钟|半|整|${NUM}分?)?`), readClock],
  [
    g(`((?:19|20)\\d\\d)\\s*[年/.-]\\s*(\\d{1,2})\\s*[月/.-]\\s*(\\d{1,2})[日号]?`),
    ([, y, m, d]) => date(`ymd:${y}-${Number(m)}-${Number(d)}`),
  ],
  [
    g(`(${NUM})\\s*年\\s*(${NUM})\\s*月(?:份)?(?:\\s*(${NUM})\\s*[日号])?`),
    ([, y = '', m = '', d]) =>
      date(d ? `ymd:${valueOf(y)}-${valueOf(m)}-${valueOf(d)}` : `ym:${valueOf(y)}-${valueOf(m)}`),
  ],
  [g(`(${NUM})\\s*月\\s*(${NUM})\\s*[日号]`), ([, m = '', d = '']) => date(`md:${valueOf(m)}-${valueOf(d)}`)],
  [
    g(`(?<![\\d.])(1[0-2]|0?[1-9])/(3[01]|[12]\\d|0?[1-9])(?![\\d/])`),
    ([, m, d]) => date(`md:${Number(m)}-${Number(d)}`),
  ],
  [g(`((?:19|20)\\d\\d|[二][零〇][${CHINESE_DIGIT}]{2})\\s*年`), ([, y = '']) => date(`y:${valueOf(y)}`)],
  [
    g(`(${NUM})\\s*月(?:份|初|中|底|旬)?`),
    ([whole, m = '']) =>
      /^[万千百亿]+$/.test(m) ? null : date(`m:${valueOf(m)}${/[初中底旬]$/.exec(whole)?.[0] ?? ''}`),
  ],
  [
    g(
      `(?<![${CHINESE_NUMERAL}\\d个])(下下|下|上上|上|这|本|每)?(?:个)?(?:周|星期|礼拜)([一二三四五六日天末]|[1-7](?!\\d))`,
    ),
    ([, which = '', day = '']) => date(`w:${which.replace(/^[这本]$/, '')}${weekday(day)}`),
  ],
  [
    g(`大后天|今天|今日|今儿|明天|明日|明儿|后天|昨天|昨日|前天|当天|当日|次日|隔天|第二天|隔日`),
    ([word]) => date(`d:${DAY_NAMES[word] ?? word}`),
  ],
  [
    g(
      `下下周|下周|上周|本周|这周|这个月|本月|下个?月|上个?月|月底|月初|月中|年底|年初|年前|年后|节前|节后|今年|明年|去年|双十一|双11|双十二|双12|元旦|春节|过年|国庆|中秋|端午|情人节|圣诞节?|清明|除夕|七夕|会员日|周年庆`,
    ),
    ([word]) => date(`d:${DAY_NAMES[word] ?? word}`),
  ],
  [g(`(?:上午|下午|晚上|傍晚|凌晨|早上|中午)(?!好)`), ([word]) => date(`d:${word}`)],
  [
    g(`(满|立减|直降|减|省|抵|返|补)\\s*(${NUM})\\s*(?:元|块钱?)?(?![\\d.${CHINESE_NUMERAL}]|\\s*(?:个|${UNIT}))`),
    ([, role = '', n = '']) => price(`${ROLES[role] ?? role}:${round(valueOf(n))}`),
  ],
  [
    g(`(买|送)\\s*(${NUM})(?![\\d.${CHINESE_NUMERAL}]|\\s*(?:个|元|块|${UNIT}))`),
    ([, role, n = '']) => quantity(`${role}:${round(valueOf(n))}`),
  ],
  [g(`[¥$€]\\s*(${NUM})`), ([, n = '']) => price(yuan(valueOf(n)))],
  [
    g(`(${NUM})\\s*(?:元|块钱|块|圆|人民币|rmb|cny)(?:([${CHINESE_DIGIT}\\d])(?![\\d${CHINESE_NUMERAL}]|${UNIT}))?`),
    ([whole, n = '', tenth]) => (whole === '一块' ? null : price(yuan(valueOf(n) + (tenth ? valueOf(tenth) / 10 : 0)))),
  ],
  [g(`(${NUM})\\s*(?:毛|角)(?!度|落)`), ([, n = '']) => price(yuan(valueOf(n) / 10))],
  [
    g(`(\\d+(?:\\.\\d+)?|[${CHINESE_DIGIT}]+)(?:点([${CHINESE_DIGIT}]))?\\s*折(?!叠)`),
    ([, n = '', tenth]) => price(discount(valueOf(n) + (tenth ? valueOf(tenth) / 10 : 0))),
  ],
  [g(`半价|对折`), () => price('折:5')],
  [g(`百分之(${NUM})`), ([, n = '']) => price(`%:${round(valueOf(n))}`)],
  [g(`(${NUM})\\s*%`), ([, n = '']) => price(`%:${round(valueOf(n))}`)],
  [
    g(`(?:价|只要|仅|低至|券)\\s*(${NUM})(?![\\d.${CHINESE_NUMERAL}]|\\s*(?:个|${UNIT}))`),
    ([, n = '']) => readBare(n, true),
  ],
  [
    g(`第\\s*(${NUM})\\s*(?:个)?(${UNIT})?`),
    ([whole, n = '', unit = '']) =>
      /^第一(?![次件个天])/.test(`${whole}`) ? null : quantity(`第:${round(valueOf(n))}${unit}`),
  ],
  [
    g(`(?:十|好|这|那)?[几数](?:个)?(天|日|小时|分钟|周|月|年|工作日)`),
    ([whole]) =>
      quantity(
        `~:${whole
          .replace(/^[好这那]/, '')
          .replace('数', '几')
          .replace('日', '天')}`,
      ),
  ],
  [g(`几(折|元|块|十|百)`), ([whole]) => price(`~:${whole}`)],
  [g(`(${NUM})\\s*(个半|个)?\\s*(${UNIT})(半)?`), readMeasure],
  [g(`[×x*]\\s*(\\d+)`), ([, n = '']) => quantity(`×:${Number(n)}`, bare(Number(n)))],
  [g(`\\d+(?:\\.\\d+)?\\s*[万千百wk]?`), ([n]) => readBare(n, false)],
  [
    g(`[${CHINESE_DIGIT}]{3,}|[${CHINESE_DIGIT}][十百千万][${CHINESE_NUMERAL}]*|十[${CHINESE_DIGIT}]`),
    ([n]) => readBare(n, false),
  ],
]

const weekday = (day: string): string =>
  day === '末'
    ? '末'
    : String(day === '日' || day === '天' ? 7 : Number.isNaN(Number(day)) ? valueOf(day) : Number(day))

/** A number nobody named a unit of. Long ones are names of something, so their digits count as they stand. */
function readBare(text: string, money: boolean): Omit<Amount, 'piece'> {
  const digits = text.trim()
  const value = valueOf(digits)
  if (money) return price(yuan(value))
  return quantity(digits.length > 8 ? `#:${/^\d/.test(digits) ? digits : value}` : bare(value))
}

function clock(part: string, hour: number, minute: number) {
  const late = LATER.test(part) && hour < 12 && !(part === '中午' && hour > 10)
  return date(`t:${late ? hour + 12 : hour}:${minute}`)
}

function readClock([, part = '', hour = '', rest]: RegExpExecArray) {
  // 一点 is a little; 三点五折 is a discount.
  if (hour === '一' && part === '' && !/钟|半|整/.test(rest ?? '')) return null
  if (/^[万千百亿半]+$/.test(hour)) return null
  const minutes = rest === '半' ? 30 : rest && !/钟|整/.test(rest) ? valueOf(rest.replace('分', '')) : 0
  return clock(part, valueOf(hour), minutes)
}

function readMeasure([whole, n = '', ge = '', unit = '', half]: RegExpExecArray, before: string) {
  if (ARTICLE.has(whole) || (n === '一' && unit === '回') || /^(?:一[月日])$/.test(whole)) return null
  // 十分, 万分, 千万 are no numbers; 分 alone is a score.
  if (/^[十百千万]+$/.test(n) && (unit === '分' || unit === '个')) return null
  const value = valueOf(n) + (ge === '个半' || half ? 0.5 : 0)
  const [name, times] = SAME[unit] ?? [unit, 1]
  const key = `${name}:${round(value * times)}`
  const ordered = COUNTS.test(name) ? [`×:${round(value)}`] : []
  if (unit === '日') return { kind: 'date' as const, keys: [`天:${round(value)}`, `号:${round(value)}`] }
  if (unit === '号') return { kind: 'date' as const, keys: [key] }
  const money = /[满减省抵返补价]$/.test(before) && unit === '块'
  return money ? price(yuan(value)) : quantity(key, ...ordered)
}
