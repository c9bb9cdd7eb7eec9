const DIGITS: Record<string, number> = { 零: 0, 〇: 0, 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 }
Object.assign(DIGITS, { 两: 2, 俩: 2, 仨: 3, 幺: 1, 壹: 1, 贰: 2, 叁: 3, 肆: 4, 伍: 5, 陆: 6, 柒: 7, 捌: 8, 玖: 9 })
const TENS: Record<string, number> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000 }
const MYRIADS: Record<string, number> = { 万: 10_000, 亿: 100_000_000 }

export const CHINESE_DIGIT = '零〇一二三四五六七八九两俩仨幺壹贰叁肆伍陆柒捌玖'
/** Any character of a number written in Chinese. */
export const CHINESE_NUMERAL = `${CHINESE_DIGIT}十拾百佰千仟万亿`

/**
 * The value of a number written in Chinese: 三百五十, 两千零八, 一万二, 三百五 (the last digit counts tenths of the unit before it), digits in a row (二〇二六, 八五), 半.
 * undefined where it is none.
 */
export function chineseNumber(text: string): number | undefined {
  if (text === '半') return 0.5
  const chars = [...text]
  if (chars.length === 0 || !chars.every((char) => char in DIGITS || char in TENS || char in MYRIADS)) return undefined
  if (chars.every((char) => char in DIGITS)) return Number(chars.map((char) => DIGITS[char]).join(''))
  let [total, section, digit, unit] = [0, 0, 0, 0]
  let zero = false
  for (const char of chars) {
    if (char in DIGITS) {
      digit = DIGITS[char]!
      zero ||= digit === 0
    } else if (char in TENS) {
      unit = TENS[char]!
      section += (digit === 0 ? 1 : digit) * unit
      digit = 0
    } else {
      unit = MYRIADS[char]!
      total += (section + digit || 1) * unit
      ;[section, digit] = [0, 0]
    }
  }
  // 三百五 is 350, 三百零五 305, 十五 15.
  return total + section + (digit > 0 && unit >= 100 && !zero ? (digit * unit) / 10 : digit)
}
