import type { Sql, TransactionSql } from 'postgres'
import { ImportError } from './mapping.ts'

/** What became of the rows so far: rows stored, and rows left out by reason. */
export type Counts = Record<string, number>

export interface Checkpoint {
  id: string
  rowsDone: number
  counts: Counts
  finished: boolean
}

/** Finds where an import of this file stopped, or begins one. A source keeps to one currency: sums of two would mean nothing. */
export async function openCheckpoint(
  sql: Sql,
  begin: { source: string; currency: string; fingerprint: string; fileName: string; now: Date },
): Promise<Checkpoint> {
  const [other] = await sql<{ currency: string }[]>`
    select currency from orders where source = ${begin.source} and currency <> ${begin.currency} limit 1`
  if (other) {
    throw new ImportError(
      `“${begin.source}”里的订单是 ${other.currency}，这个文件是 ${begin.currency}：换一个 --source`,
    )
  }
  await sql`
    insert into order_imports (source, fingerprint, file_name, started_at)
    values (${begin.source}, ${begin.fingerprint}, ${begin.fileName}, ${begin.now.toISOString()}) on conflict do nothing`
  const [row] = await sql<{ id: string; rows_done: string; counts: Counts; finished_at: Date | null }[]>`
    select id, rows_done, counts, finished_at from order_imports where fingerprint = ${begin.fingerprint}`
  if (!row) throw new ImportError('导入记录刚被删掉，请再试一次')
  return { id: row.id, rowsDone: Number(row.rows_done), counts: row.counts, finished: row.finished_at !== null }
}

/** Moves the checkpoint inside the transaction that wrote the rows. Throws when another process has moved it: then nothing is written. */
export async function moveCheckpoint(
  sql: TransactionSql,
  from: Checkpoint,
  to: { rowsDone: number; counts: Counts; finishedAt: Date | null },
): Promise<void> {
  const moved = await sql`
    update order_imports
    set rows_done = ${to.rowsDone}, counts = ${JSON.stringify(to.counts)}::text::jsonb, finished_at = ${to.finishedAt?.toISOString() ?? null}
    where id = ${from.id} and rows_done = ${from.rowsDone} and finished_at is null`
  if (moved.count !== 1) throw new ImportError('另一个进程正在导入同一个文件')
}
