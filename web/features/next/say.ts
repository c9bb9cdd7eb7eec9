import type { NextAction, NextKind } from '#shared/next.ts'
import { day } from '#web/lib/time.ts'
import { t } from './messages.ts'

const ago = (n: number): string => (n === 0 ? t('today') : t('ago', { n }))
const ahead = (n: number): string => (n === 0 ? t('today') : n === 1 ? t('tomorrow') : t('ahead', { n }))

/** What to do, and why it is said. */
export function sayNext({ kind, days, at, about }: NextAction): { what: string; why: string } {
  switch (kind) {
    case 'overdue':
    case 'due':
      return { what: t(kind), why: '' }
    case 'returned':
    case 'unanswered':
      return { what: t(kind), why: t(`${kind}Why`, { when: ago(days) }) }
    case 'repurchase':
      return { what: t(kind, { about: about ?? '' }), why: t('repurchaseWhy', { when: ago(days) }) }
    case 'birthday':
      return { what: t(kind, { when: ahead(days) }), why: t('birthdayWhy', { date: day(at).slice(5) }) }
    case 'cold':
      return { what: t(kind, { n: days }), why: t(about ? 'coolingWhy' : 'coldWhy') }
  }
}

/** What to look for among the replies, the most fitting first. */
const WORDS: Partial<Record<NextKind, string[]>> = {
  unanswered: ['新客', '欢迎', '自我介绍', '您好', '到店'],
  repurchase: ['补货', '到货', '到店留货', '新品'],
  birthday: ['生日', '祝福'],
  cold: ['好久', '回访', '新品', '会员日'],
}

/** The first word that some reply holds; nothing where none does, which shows them all. `texts`: titles and words of the replies. */
export function wordFor({ kind, about }: Pick<NextAction, 'kind' | 'about'>, texts: string[]): string {
  const words = [...(kind === 'repurchase' && about ? [about] : []), ...(WORDS[kind] ?? [])]
  return words.find((word) => texts.some((text) => text.includes(word))) ?? ''
}
