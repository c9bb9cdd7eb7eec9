import { ref, type Ref } from 'vue'
import { type CustomerId, FileId } from '#shared/ids.ts'
import { MOST_FILE_BYTES, type NoteFile, uploadFile } from '#shared/notes.ts'
import { ApiError, call } from '#web/lib/api.ts'
import { errorText } from '#web/lib/error-text.ts'
import { base64Of, shrink } from '#web/lib/shrink.ts'
import { uuid } from '#web/lib/uuid.ts'
import { t } from './messages.ts'

const MOST_FILES = 9

/** Files chosen for a note go up one after the other, pictures made smaller first; the first that does not is told in `problem`, the others go on. */
export function useAttach(customerId: CustomerId, draft: Ref<{ files: NoteFile[] }>, problem: Ref<string>) {
  const uploading = ref(0)

  async function attach(event: Event) {
    const input = event.target as HTMLInputElement
    const chosen = [...(input.files ?? [])]
    input.value = ''
    problem.value = ''
    for (const file of chosen.slice(0, MOST_FILES - draft.value.files.length)) {
      uploading.value++
      try {
        const small = await shrink(file)
        if (small.size > MOST_FILE_BYTES) throw new ApiError('too_large', t('tooBig'))
        const name = file.name.slice(-120)
        const given = { customerId, file: FileId.parse(uuid()), name, content: await base64Of(small) }
        draft.value.files.push(await call(uploadFile, given))
      } catch (error) {
        problem.value = t('notAttached', { name: file.name, why: errorText(error) })
      } finally {
        uploading.value--
      }
    }
  }
  return { uploading, attach }
}
