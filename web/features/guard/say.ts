import type { GuardReason, GuardVerdict } from '#shared/guard.ts'
import { moment } from '#web/lib/time.ts'
import { t } from './messages.ts'

/** One reason in words. */
export function reasonText({ kind, stops, value, limit, until }: GuardReason): string {
  const when = until === null ? '' : moment(until)
  if (kind === 'pressure')
    return t('pressure', { value: value ?? 0, limit: limit ?? 0, act: t(stops ? 'act_stop' : 'act_warn') })
  if (kind === 'weekly')
    return t('weekly', { value: value ?? 0, limit: limit ?? 0 }) + t('weeklyUntil', { until: when })
  if (kind === 'monthly') return t('monthly', { value: value ?? 0 })
  if (kind === 'rhythm') return t(value === 0 ? 'rhythmToday' : 'rhythm', { value: value ?? 0, limit: limit ?? 0 })
  return kind === 'quiet' ? t('quiet', { until: when }) : t('refused')
}

/** The reason that weighs most, and of whom it is said. */
export function whyText({ customer, reasons }: GuardVerdict): string {
  const first = reasons.find((reason) => reason.stops) ?? reasons[0]
  return first ? t('whyOf', { name: customer, why: reasonText(first) }) : ''
}
