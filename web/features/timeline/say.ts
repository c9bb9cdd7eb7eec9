import { formatMoney } from '#shared/money.ts'
import type { TimelineEntry } from '#shared/timeline.ts'
import { locale } from '#web/lib/i18n.ts'
import { dueText } from '#web/lib/when.ts'
import { t } from './messages.ts'

/** WeCom's `add_way` of a customer who was given to a member by an admin or taken over. */
const HANDED = new Set([24, 202])

const text = (value: unknown): string =>
  value === null || value === undefined || value === ''
    ? t('none')
    : Array.isArray(value)
      ? value.join('、')
      : String(value)
const names = (value: unknown): string => (Array.isArray(value) ? value.join('、') : '')

/** What an entry says: a line of who and what, and the words themselves. */
export function say({ kind, who, detail }: TimelineEntry): { line: string; body: string } {
  const by = who ?? ''
  const plain = (line: string, body = '') => ({ line, body })
  switch (kind) {
    case 'note':
      return plain(noteLine(by, detail), String(detail['body'] ?? ''))
    case 'task':
      return plain(
        t('task', { who: by }),
        `${text(detail['title'])} · ${dueText(new Date(String(detail['dueAt'])), locale.value)}`,
      )
    case 'task_done':
      return plain(t('task_done', { who: by }), text(detail['title']))
    case 'sale':
    case 'refund':
      return plain(
        `${t(kind)} ${formatMoney(Number(detail['amountFen']), String(detail['currency']))}`,
        names(detail['items']),
      )
    case 'send':
      return plain(
        [t('send', { who: by }), detail['title']].filter(Boolean).join(' · '),
        String(detail['content'] ?? ''),
      )
    case 'tags':
      return plain(tagLine(detail), origin(by, detail))
    case 'remark':
      return plain(t('remark', { before: text(detail['before']), after: text(detail['after']) }), origin(by, detail))
    case 'stage':
      return plain(
        t('stage', { from: text(detail['from']), to: text(detail['to']) }),
        detail['reason'] ? t('reason', { reason: String(detail['reason']) }) : by,
      )
    case 'field':
      return plain(
        t('field', { name: text(detail['name']), before: text(detail['before']), after: text(detail['after']) }),
        by,
      )
    case 'outside':
      return plain([detail['source'], detail['title']].filter(Boolean).join(' · '), String(detail['text'] ?? ''))
    case 'added':
      return plain(t(HANDED.has(Number(detail['addWay'])) ? 'handed' : 'added', { who: by }))
    case 'ended':
    case 'returned':
      return plain(t(kind))
  }
}

function noteLine(who: string, detail: TimelineEntry['detail']): string {
  const result = detail['result'] as 'won' | 'interested' | 'considering' | 'silent' | null
  const visibility = detail['visibility']
  const files = Number(detail['files'] ?? 0)
  const verdict = detail['verdict']
  const comments = Number(detail['comments'] ?? 0)
  return [
    t('note', { who }),
    result && t(result),
    visibility === 'private' || visibility === 'manager' ? t(visibility) : null,
    files > 0 && t('files', { n: files }),
    verdict === 'returned' ? t('reworked') : verdict === 'passed' ? t('passed') : null,
    comments > 0 && t('comments', { n: comments }),
  ]
    .filter(Boolean)
    .join(' · ')
}

function tagLine(detail: TimelineEntry['detail']): string {
  const [added, removed] = [names(detail['added']), names(detail['removed'])]
  return [added && t('tagsAdded', { names: added }), removed && t('tagsRemoved', { names: removed })]
    .filter(Boolean)
    .join('，')
}

const ORIGINS = ['sidebar', 'wecom', 'rule', 'batch', 'counter', 'undo'] as const

/** Whose hand, and through what. */
function origin(who: string, detail: TimelineEntry['detail']): string {
  const from = ORIGINS.find((one) => one === detail['origin'])
  return [from === 'wecom' || from === 'rule' ? '' : who, from ? t(from) : ''].filter(Boolean).join(' · ')
}
