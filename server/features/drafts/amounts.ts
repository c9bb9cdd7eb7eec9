import { CHINESE_DIGIT, CHINESE_NUMERAL, chineseNumber } from './numerals.ts'

/** A stretch that says how much, how many or when. `keys`: what it may be found by; one is enough. */
export interface Amount {
  kind: 'price' | 'date' | 'quantity'
  piece: string
  keys: string[]
}

const NUM = `(?:\\d+(?:\\.\\d+)?(?:\\s*[万千百]|[wk](?![a-z]))?|[${CHINESE_NUMERAL}]+|半)`
const COUNTED = '件|套|只|双|瓶|盒|条|份|张|把|台|箱|包|袋|本|支|枝|副|枚|对|款|个|种|块|颗|片|朵|杯|卷|组'
const MEASURED =
  '工作日|小时|钟头|分钟|刻钟|秒钟?|季度|星期|礼拜|厘米|毫米|毫升|公斤|千克|公里|平米|平方米|英寸|天|日|周|月|年|米|升|斤|克|度|℃|码|号|倍|岁|楼|层|单|次|位|人|期|寸|cm|mm|ml|kg|km|g|l|m|分|成|遍|回|趟|桌|步|页|批|格|瓦'
const UNIT = `(?:${MEASURED}|${COUNTED})`
const COUNTS = new RegExp(`^(?:${COUNTED})$`)
/** Words that hold a number's character and are none. */
const NONE =
  /万一|千万(?=别|不|要|记|注)|十分|万分|一百分|百合|统一|唯一|一起|一直|一般|一样|一定|一下|一些|一会儿?|一边|一旦|一共|百搭|万能/g
/** 一个, 一款, 一份 are articles more often than numbers. */
const ARTICLE = new Set([...'个款种份张条把批位片组'].map((unit) => `一${unit}`))

/** The same thing under its common name, and how many of it one is. */
const SAME: Record<string, [unit: string, times: number]> = {
  周: ['天', 7],
  星期: ['天', 7],
  礼拜: ['天', 7],
  钟头: ['小时', 1],
  刻钟: ['分钟', 15],
  秒钟: ['秒', 1],
  cm: ['厘米', 1],
  mm: ['毫米', 1],
  ml: ['毫升', 1],
  kg: ['公斤', 1],
  千克: ['公斤', 1],
  斤: ['公斤', 0.5],
  km: ['公里', 1],
  g: ['克', 1],
  l: ['升', 1],
  m: ['米', 1],
  '℃': ['度', 1],
  枝: ['支', 1],
  层: ['楼', 1],
}
const MANY: Record<string, number> = { 万: 10_000, w: 10_000, 千: 1000, k: 1000, 百: 100 }
const DAY_NAMES: Record<string, string> = {
  当日: '当天',
  次日: '次日',
  隔天: '次日',
  第二天: '次日',
  今日: '今天',
  今儿: '今天',
  明日: '明天',
  明儿: '明天',
}
Object.assign(DAY_NAMES, {
  本周: '这周',
  本月: '这个月',
  下月: '下个月',
  上月: '上个月',
  双11: '双十一',
  双12: '双十二',
  圣诞节: '圣诞',
})

const round = (value: number): string => String(Math.round(value * 1000) / 1000)

function valueOf(text: string): number {
  const digits = /^(\d+(?:\.\d+)?)\s*([万千百wk]?)/.exec(text)
  if (digits) return Number(digits[1]) * (MANY[digits[2] ?? ''] ?? 1)
  return chineseNumber(text) ?? Number.NaN
}

type Rule = [pattern: RegExp, read: (match: RegExpExecArray, before: string) => Omit<Amount, 'piece'> | null]
const g = (pattern: string): RegExp => new RegExp(pattern, 'gu')
const price = (...keys: string[]) => ({ kind: 'price' as const, keys })
const date = (...keys: string[]) => ({ kind: 'date' as const, keys })
const quantity = (...keys: string[]) => ({ kind: 'quantity' as const, keys })
const yuan = (value: number) => `元:${round(value)}`
/** 85折 and 八五折 are 8.5. */
const discount = (value: number) => `折:${round(value > 10 ? value / 10 : value)}`
const LATER = /下午|晚上|傍晚|中午/
const bare = (value: number) => `#:${round(value)}`

/** In this order; what one has read the next does not see. */
const RULES: Rule[] = [
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
    g(`(?:满|减|立减|直降|省|抵|返|补|价|只要|仅|低至|券)\\s*(${NUM})(?![\\d.${CHINESE_NUMERAL}]|\\s*(?:个|${UNIT}))`),
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

/** 1-3个工作日 says of both numbers what they count. */
const RANGE = g(`(${NUM})\\s*(?:-|–|—|~|至|到)\\s*(?=(?:${NUM})\\s*((?:个)?(?:元|块钱?|折|${UNIT})))`)
const SHORT: [RegExp, string][] = [
  [/今晚/g, '今天晚上'],
  [/明晚/g, '明天晚上'],
  [/后晚/g, '后天晚上'],
  [/今早/g, '今天早上'],
  [/明早/g, '明天早上'],
  [/当晚/g, '当天晚上'],
]

/** Every amount in a text that `plain` has made comparable. */
export function amountsIn(text: string): Amount[] {
  let rest = SHORT.reduce((said, [short, long]) => said.replace(short, long), text.replace(NONE, '\n'))
    .replace(
      g(`([${CHINESE_DIGIT}])点([${CHINESE_DIGIT}])(?=折|倍|元|块|米|公斤|斤|厘米)`),
      (_, a: string, b: string) => `${valueOf(a)}.${valueOf(b)}`,
    )
    .replace(RANGE, '$1$2-')
  const found: Amount[] = []
  for (const [pattern, read] of RULES)
    rest = rest.replace(pattern, (...args) => {
      const groups = args.slice(
        0,
        args.findIndex((one) => typeof one === 'number'),
      ) as string[]
      const at = args[groups.length] as number
      const amount = read(groups as unknown as RegExpExecArray, rest.slice(Math.max(0, at - 2), at))
      if (!amount) return groups[0]!
      found.push({ piece: groups[0]!.trim(), ...amount })
      return '\n'
    })
  return found
}

const TIMES = /^[×x*]/

/** All that a source may be cited for: what it says, and what follows from it (the month of a date, a number without its unit). */
export function amountKeys(text: string): Set<string> {
  const keys = new Set<string>()
  for (const { keys: own, piece } of amountsIn(text)) {
    for (const key of own) if (!key.startsWith('×') || TIMES.test(piece)) keys.add(key)
    const [kind = '', value = ''] = own[0]!.split(/:(.*)/s)
    if (kind === 'ymd') {
      const [y, m, d] = value.split('-')
      for (const key of [`md:${m}-${d}`, `m:${m}`, `号:${d}`, `y:${y}`, `ym:${y}-${m}`]) keys.add(key)
    }
    if (kind === 'md') for (const key of [`m:${value.split('-')[0]}`, `号:${value.split('-')[1]}`]) keys.add(key)
    if (kind === 't' && LATER.test(piece)) keys.add(`t:${Number(value.split(':')[0]) % 12}:${value.split(':')[1]}`)
    if (kind === 't' && LATER.test(piece)) keys.add(`d:${LATER.exec(piece)![0]}`)
    if (!['ymd', 'md', 't', 'w', 'd', 'm', '~'].includes(kind))
      for (const n of piece.match(g(NUM)) ?? []) keys.add(bare(valueOf(n)))
  }
  return keys
}
