const SYMBOL: Record<string, string> = { CNY: '¥', GBP: '£', USD: '$', EUR: '€' }

/**
 * An amount in hundredths of its currency (fen for CNY), as people read it: `¥18,640`, `£2.55`, `-¥12.30`.
 * Cents are shown only where there are any.
 */
export function formatMoney(amountFen: number, currency: string): string {
  const sign = amountFen < 0 ? '-' : ''
  const absolute = Math.abs(amountFen)
  const whole = Math.trunc(absolute / 100)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',')
  const cents = absolute % 100
  return `${sign}${SYMBOL[currency] ?? `${currency} `}${whole}${cents ? `.${String(cents).padStart(2, '0')}` : ''}`
}
