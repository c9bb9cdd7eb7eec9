import { ref } from 'vue'
import { beginUpload, type ImportRun, PART_BYTES, uploadPart } from '#shared/imports.ts'
import { call } from '#web/lib/api.ts'
import { base64Of } from '#web/lib/shrink.ts'
import { uuid } from '#web/lib/uuid.ts'

const TRIES = 4
const PAUSE_MS = 800

/** Sends a file part by part; a part that fails is tried again, so a bad network costs seconds and no file. */
export function useUpload() {
  const share = ref<number | null>(null)

  async function send(file: File): Promise<ImportRun> {
    share.value = 0
    try {
      let run = await call(beginUpload, { file: uuid(), name: file.name.slice(-200), size: file.size })
      for (let part = 0; part * PART_BYTES < file.size; part++) {
        const content = await base64Of(file.slice(part * PART_BYTES, (part + 1) * PART_BYTES))
        run = await again(() => call(uploadPart, { importId: run.id, part, content }))
        share.value = Math.min(1, ((part + 1) * PART_BYTES) / file.size)
      }
      return run
    } finally {
      share.value = null
    }
  }
  return { share, send }
}

async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await work()
    } catch (error) {
      if (tried >= TRIES) throw error
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * tried))
    }
  }
}
