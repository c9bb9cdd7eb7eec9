import { nextTick, ref, shallowRef } from 'vue'
import { errorText } from '#web/lib/error-text.ts'
import { useToast } from '#web/ui/toast.ts'
import { t } from './messages.ts'

/** Has the printing recorded, lays the paper out and calls the printer. `paper`: who printed it and when, while it lies there. */
export function usePrint(record: () => Promise<{ by: string; at: string }>) {
  const paper = shallowRef<{ by: string; at: string } | null>(null)
  const printing = ref(false)
  const toast = useToast()

  async function print(): Promise<void> {
    printing.value = true
    try {
      paper.value = await record()
      await nextTick()
      window.addEventListener('afterprint', () => (paper.value = null), { once: true })
      window.print()
    } catch (error) {
      toast.show({ tone: 'bad', text: t('notPrinted', { why: errorText(error) }) })
    } finally {
      printing.value = false
    }
  }
  return { paper, printing, print }
}
