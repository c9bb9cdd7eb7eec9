import type { FigureId } from '#shared/figures.ts'
import { formatMoney } from '#shared/money.ts'
import { t } from './messages.ts'

/** A figure in words; “—” where there is nothing to say, never 0. */
export function say(figure: FigureId, value: number | null, currency: string | null): string {
  if (value === null) return '—'
  if (figure === 'quality') return value.toFixed(1)
  if (figure === 'replyTime') return t('minutes', { n: Math.round(value) })
  if (figure === 'assisted') return formatMoney(Math.round(value), currency ?? 'CNY')
  return `${(value * 100).toFixed(value > 0 && value < 0.1 ? 1 : 0)}%`
}

/** What a row of a figure brings, where it is more than yes or no. */
export function amountOf(figure: FigureId, amount: number | null, currency: string | null): string {
  if (amount === null) return ''
  if (figure === 'replied') return `${(amount / 100).toFixed(0)}%`
  return say(figure, figure === 'replyTime' ? amount / 100 : amount, currency)
}
