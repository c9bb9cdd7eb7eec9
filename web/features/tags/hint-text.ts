import type { TagBecause } from '#shared/tag-hints.ts'
import { BANDS } from '#shared/tastes.ts'
import { moment } from '#web/lib/time.ts'
import { t } from './messages.ts'

type Reckoned = Extract<TagBecause, { share: number }>

const percent = (share: number): string => `${Math.round(share * 100)}%`

/** 有「VIP」的客户里 62% 也有这个标签（共 48 人），平常是 11%. */
export function reckonedText(because: Reckoned): string {
  const values = { share: percent(because.share), n: because.both, usual: percent(because.usual) }
  if (because.kind === 'tag') return t('withTag', { name: because.name, ...values })
  return t('withTaste', { taste: tasteText(because.taste), ...values })
}

/** The line of an order that shows it. */
export const rowText = (because: TagBecause): string =>
  because.kind === 'order' && because.row ? t('lastLine', { text: because.row.text, at: moment(because.row.at) }) : ''

function tasteText(word: string): string {
  const at = word.indexOf(':')
  const [kind, value] = [word.slice(0, at), word.slice(at + 1)]
  if (kind === 'rhythm') return t(value === 'month' ? 'monthly' : value === 'quarter' ? 'quarterly' : 'halfYearly')
  if (kind !== 'band') return t('likesBuying', { value })
  const [from, below] = BANDS[Number(value)] ?? [0, null]
  return below === null ? t('bandOver', { from }) : t('bandWithin', { from, to: below })
}
