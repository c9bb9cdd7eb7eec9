import { CHINESE_NUMERAL, chineseNumber } from './numerals.ts'

export const NUM = `(?:\\d+(?:\\.\\d+)?(?:\\s*[万千百]|[wk](?![a-z]))?|[${CHINESE_NUMERAL}]+|半)`
const COUNTED = '件|套|只|双|瓶|盒|条|份|张|把|台|箱|包|袋|本|支|枝|副|枚|对|款|个|种|块|颗|片|朵|杯|卷|组'
const MEASURED =
  '工作日|小时|钟头|分钟|刻钟|秒钟?|季度|星期|礼拜|厘米|毫米|毫升|公斤|千克|公里|平米|平方米|英寸|天|日|周|月|年|米|升|斤|克|度|℃|码|号|倍|岁|楼|层|单|次|位|人|期|寸|cm|mm|ml|kg|km|g|l|m|分|成|遍|回|趟|桌|步|页|批|格|瓦'
export const UNIT = `(?:${MEASURED}|${COUNTED})`
export const COUNTS = new RegExp(`^(?:${COUNTED})$`)
/** Words that hold a number's character and are none. */
export const NONE =
  /万一|千万(?=别|不|要|记|注)|十分|万分|一百分|百合|统一|唯一|一起|一直|一般|一样|一定|一下|一些|一会儿?|一边|一旦|一共|百搭|万能/g
/** 一个, 一款, 一份 are articles more often than numbers. */
export const ARTICLE = new Set([...'个款种份张条把批位片组'].map((unit) => `一${unit}`))

/** The same thing under its common name, and how many of it one is. */
export const SAME: Record<string, [unit: string, times: number]> = {
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
export const DAY_NAMES: Record<string, string> = {
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

export const round = (value: number): string => String(Math.round(value * 1000) / 1000)

export function valueOf(text: string): number {
  const digits = /^(\d+(?:\.\d+)?)\s*([万千百wk]?)/.exec(text)
  if (digits) return Number(digits[1]) * (MANY[digits[2] ?? ''] ?? 1)
  return chineseNumber(text) ?? Number.NaN
}

export const g = (pattern: string): RegExp => new RegExp(pattern, 'gu')
export const price = (...keys: string[]) => ({ kind: 'price' as const, keys })
export const date = (...keys: string[]) => ({ kind: 'date' as const, keys })
export const quantity = (...keys: string[]) => ({ kind: 'quantity' as const, keys })
export const yuan = (value: number) => `元:${round(value)}`
/** 85折 and 八五折 are 8.5. */
export const discount = (value: number) => `折:${round(value > 10 ? value / 10 : value)}`
export const LATER = /下午|晚上|傍晚|中午/
export const bare = (value: number) => `#:${round(value)}`
/** 满 399 and 减 60 are not to be changed round. */
export const ROLES: Record<string, string> = { 立减: '减', 直降: '减', 省: '减', 抵: '减' }
