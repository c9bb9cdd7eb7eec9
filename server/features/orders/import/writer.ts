import type { Sql } from 'postgres'
import { type Checkpoint, type Counts, moveCheckpoint } from './checkpoint.ts'
import type { Chunk } from './chunk.ts'
import { countKnown, type Target, writeParts } from './write.ts'

/** Writes chunks one after another while the caller reads on. */
export interface ChunkWriter {
  /** Hands a chunk over, once the one before is stored; throws what became of that one. `last` closes the import. */
  hand(chunk: Chunk, counts: Counts, last?: boolean): Promise<void>
  /** Everything handed over is stored. */
  done(): Promise<void>
  /** Nothing is under way any more, whatever became of it. */
  still(): Promise<void>
}

export function chunkWriter(
  sql: Sql,
  target: Omit<Target, 'importId'>,
  start: Checkpoint,
  now: () => Date,
): ChunkWriter {
  let at = start
  let under: Promise<void> = Promise.resolve()
  const store = async (chunk: Chunk, counts: Counts, last: boolean) => {
    const next = { ...at, rowsDone: at.rowsDone + chunk.rows, counts }
    await sql.begin(async (tx) => {
      await moveCheckpoint(tx, at, { ...next, finishedAt: last ? now() : null })
      await writeParts(tx, { ...target, importId: at.id }, [...chunk.parts.values()])
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

/** What an import would do. */
export interface Would {
  /** Orders that are not there yet, and orders that are and would be written again. */
  fresh: number
  again: number
}

/** Writes nothing and counts. */
export function countingWriter(sql: Sql, target: Omit<Target, 'importId'>): { writer: ChunkWriter; would: Would } {
  const would: Would = { fresh: 0, again: 0 }
  const hand = async (chunk: Chunk) => {
    const begun = [...chunk.parts.values()].filter((part) => !part.more)
    const known = await countKnown(sql, target, begun)
    would.again += known
    would.fresh += begun.length - known
  }
  return { writer: { hand, done: async () => undefined, still: async () => undefined }, would }
}
