import { failureText } from './failure.ts'
import { t } from './messages.ts'
import type { SendState } from './sends.store.ts'

/** One line on where a sending stands. Parts are counted from 1 for people, and only where there are several. */
export function statusText(state: SendState): string {
  const several = state.of > 1
  if (state.kind === 'sent') return `${t('handedOver')} · ${t('pressEnter')}`
  const part = state.part + 1
  if (state.kind === 'sending') return several ? t('sendingPart', { part, of: state.of }) : t('sending')
  if (state.kind === 'failed') {
    const why = failureText(state.error)
    return several ? t('failedAt', { part, why }) : t('failed', { why })
  }
  return several ? t('cancelledAt', { part, of: state.of }) : t('cancelled')
}
