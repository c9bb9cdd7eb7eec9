import { useQueryCache } from '@pinia/colada'
import type { CustomerId } from '#shared/ids.ts'
import { type NextAction, settleNext } from '#shared/next.ts'
import { call } from '#web/lib/api.ts'
import { errorText } from '#web/lib/error-text.ts'
import { useToast } from '#web/ui/toast.ts'
import { t } from './messages.ts'

/** Tells the server what came of the line. That it was taken is told behind the act and never stands in its way. */
export function useNext(customerId: () => CustomerId) {
  const cache = useQueryCache()
  const toast = useToast()
  const tell = ({ kind, fact }: NextAction, outcome: 'taken' | 'dismissed' | 'shown') =>
    call(settleNext, { customerId: customerId(), kind, fact, outcome })
  const again = () => cache.invalidateQueries({ key: ['customers', customerId(), 'aside'] })

  const taken = (next: NextAction) => void tell(next, 'taken').catch(() => undefined)
  async function dismiss(next: NextAction, dismissed = true): Promise<void> {
    try {
      await tell(next, dismissed ? 'dismissed' : 'shown')
      await again()
      if (dismissed)
        toast.show({ text: t('dismissed'), action: { label: t('undo'), run: () => void dismiss(next, false) } })
    } catch (error) {
      toast.show({ tone: 'bad', text: t('failed', { why: errorText(error) }) })
    }
  }
  return { taken, dismiss, again }
}
