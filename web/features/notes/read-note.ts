import type { Output } from '#shared/endpoint.ts'
import type { CustomerId, NoteId } from '#shared/ids.ts'
import { getNote } from '#shared/notes.ts'
import { call } from '#web/lib/api.ts'
import { errorText } from '#web/lib/error-text.ts'
import { useToast } from '#web/ui/toast.ts'
import { t } from './messages.ts'

/** One note with what it said before; undefined, and said so, where it cannot be read. */
export async function readNote(customerId: CustomerId, noteId: NoteId): Promise<Output<typeof getNote> | undefined> {
  try {
    return await call(getNote, { customerId, noteId })
  } catch (error) {
    useToast().show({ tone: 'bad', text: t('gone', { why: errorText(error) }) })
    return undefined
  }
}
