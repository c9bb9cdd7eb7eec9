import { open } from 'node:fs/promises'
import { type Reason, REASONS } from './line.ts'
import type { FileRecord } from './records.ts'

/** The rows that were left out, as a CSV beside the import: where, why, and the row itself. */
export interface ErrorsFile {
  add(record: FileRecord, reason: Reason): void
  /** Hands what was added to the disk. */
  flush(): Promise<void>
  close(): Promise<void>
}

/** Begins the file anew. A resumed import reads the rows before its checkpoint again, so the file is always whole. */
export async function openErrorsFile(path: string, headings: readonly string[]): Promise<ErrorsFile> {
  const handle = await open(path, 'w')
  let waiting = `\ufeff${csvLine(['line', 'reason', '说明', ...headings])}`
  const flush = async () => {
    const text = waiting
    waiting = ''
    if (text) await handle.write(text)
  }
  return {
    add: ({ line, fields }, reason) => void (waiting += csvLine([String(line), reason, REASONS[reason], ...fields])),
    flush,
    close: async () => {
      await flush()
      await handle.close()
    },
  }
}

const csvLine = (cells: readonly string[]) =>
  `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`
