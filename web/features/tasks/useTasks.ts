import { useQueryCache } from '@pinia/colada'
import type { CustomerId } from '#shared/ids.ts'
import type { Task } from '#shared/task.ts'
import { errorText } from '#web/lib/error-text.ts'
import { locale } from '#web/lib/i18n.ts'
import { whenText } from '#web/lib/when.ts'
import { useQueue } from '#web/stores/queue.ts'
import { useToast } from '#web/ui/toast.ts'
import { t } from './messages.ts'

/** Settling tasks of any customer, with an undo; `changed` is told when the server, or the queue, has it. */
export function useTasks(member: () => string, changed: () => void = () => undefined) {
  const queue = useQueue()
  const toast = useToast()
  const cache = useQueryCache()

  async function settle(about: { id: CustomerId; name: string }, task: Task, state: Task['state']): Promise<void> {
    const input = { customerId: about.id, taskId: task.id, state }
    try {
      const done = await queue.submit(member(), 'settleTask', input, about, t('label', { text: task.title }))
      void cache.invalidateQueries({ key: ['customers', about.id] })
      changed()
      if (state === 'open') return
      const undo = { label: t('undo'), run: () => void settle(about, task, 'open') }
      const next = done.queued ? null : done.answer.next
      const said = next
        ? t('doneNext', { when: whenText(new Date(next.dueAt), locale.value) })
        : t(state === 'done' ? 'done' : 'dropped', { title: task.title })
      toast.show({ text: done.queued ? t('queued') : said, action: undo })
    } catch (error) {
      toast.show({ tone: 'bad', text: t('notSaved', { why: errorText(error) }) })
    }
  }
  return { settle }
}
