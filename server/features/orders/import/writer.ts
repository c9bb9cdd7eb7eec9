import type { Sql } from 'postgres'
import { type Checkpoint, type Counts, moveCheckpoint } from './checkpoint.ts'
import type { Chunk } from './chunk.ts'
import { type Target, writeParts } from './write.ts'

/** Writes chunks one after another while the caller reads on. */
export interface ChunkWriter {
  /** Hands a chunk over, once the one before is stored; throws what became of that one. `last` closes the import. */
  hand(chunk: Chunk, counts: Counts, last?: boolean): Promise<void>
  /** Everything handed over is stored. */
  done(): Promise<void>
  /** Nothing is under way any more, whatever became of it. */
  still(): Promise<void>
}

export function chunkWriter(sql: Sql, target: Target, start: Checkpoint, now: () => Date): ChunkWriter {
  let at = start
  let under: Promise<void> = Promise.resolve()
  const store = async (chunk: Chunk, counts: Counts, last: boolean) => {
    const next = { ...at, rowsDone: at.rowsDone + chunk.rows, counts }
    await sql.begin(async (tx) => {
      await moveCheckpoint(tx, at, { ...next, finishedAt: last ? now() : null })
      await writeParts(tx, target, [...chunk.parts.values()])
    })
    at = next
  }
  return {
    async hand(chunk, counts, last = false) {
      await under
      under = store(chunk, { ...counts }, last)
      // A failure is thrown by the next hand() or done(); until then it must not count as unhandled.
      under.catch(() => undefined)
    },
    done: () => under,
    still: async () => void (await Promise.allSettled([under])),
  }
}
