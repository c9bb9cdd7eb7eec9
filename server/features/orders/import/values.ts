const DECIMAL = /^(-?)(\d{1,11})(?:\.(\d+))?$/
const WHOLE = /^-?\d{1,9}(?:\.0+)?$/
const MOMENT = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2}))?$/

/** `2.55` → 255. Read digit by digit, never through a float; undefined when it is no amount or finer than a hundredth. */
export function parseFen(text: string): number | undefined {
  const match = DECIMAL.exec(text)
  if (!match) return undefined
  const [, sign, whole = '', fraction = ''] = match
  if (/[^0]/.test(fraction.slice(2))) return undefined
  const fen = Number(whole) * 100 + Number(fraction.slice(0, 2).padEnd(2, '0'))
  return sign && fen ? -fen : fen
}

/** A whole number, `.0` allowed behind it as spreadsheets write it. */
export function parseWhole(text: string): number | undefined {
  return WHOLE.test(text) ? Number(text) : undefined
}

/** `2011-12-09 12:50[:00]` on a clock so many minutes ahead of UTC → milliseconds since 1970; undefined for a day that never was. */
export function parseMoment(text: string, utcOffset: number): number | undefined {
  const match = MOMENT.exec(text)
  if (!match) return undefined
  const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const local = new Date(Date.UTC(year, month - 1, day, hour, minute, second))
  const real =
    local.getUTCDate() === day && local.getUTCMonth() === month - 1 && hour < 24 && minute < 60 && second < 60
  return real && year >= 1970 && year <= 2200 ? local.getTime() - utcOffset * 60_000 : undefined
}

/** `17850.0` → `17850`: an id that went through a spreadsheet as a number. */
export function memberNumber(text: string): string {
  return text.trim().replace(/^(\d+)\.0+$/, '$1')
}

/** `+08:00` → 480. */
export function parseUtcOffset(text: string): number | undefined {
  const match = /^([+-])(\d{2}):(\d{2})$/.exec(text)
  if (!match || Number(match[2]) > 14 || Number(match[3]) > 59) return undefined
  const minutes = Number(match[2]) * 60 + Number(match[3])
  return match[1] === '-' ? -minutes : minutes
}

/** `+86 138-0000-1234` → `13800001234`; empty when it is no phone. */
export function phoneOf(text: string): string {
  const digits = memberNumber(text)
    .replace(/[\s\-()]/g, '')
    .replace(/^(?:\+|00)?86(?=1\d{10}$)/, '')
  return /^\+?\d{7,15}$/.test(digits) ? digits : ''
}
