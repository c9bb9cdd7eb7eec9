import { readFile } from 'node:fs/promises'
import type { Layout } from '#shared/imports.ts'
import type { Ctx } from '#server/context.ts'
import {
  checkOrders,
  ImportError,
  importOrders,
  type ImportOptions,
  matchBuyers,
  openRecords,
  undoImport,
} from '../orders/service.ts'
import { dropFiles, dropOldFiles, errorsPath, fetchFile } from './file.ts'
import { deleteOldParts, keepLayout, saveProgress, selectWork, settle } from './queries.ts'
import { headingsKey } from './service.ts'

const CHUNK_ROWS = 5_000
const MOST_ERRORS = 2_000_000
const AGAIN_MS = 500

/** Does what the state says is to be done. A killed one goes on: the engine keeps its checkpoint in the transaction of the rows. */
export async function workOnImport(ctx: Ctx, { fileId }: { fileId: string }): Promise<void> {
  const work = await selectWork(ctx.sql, fileId)
  if (!work) return
  try {
    if (work.state === 'undoing' && work.orderImportId !== null) {
      const undone = await undoImport(ctx.sql, work.orderImportId, ctx.now())
      await settle(ctx.sql, fileId, { state: 'undone', undone }, ctx.now())
    } else if (work.layout && (work.state === 'checking' || work.state === 'running')) {
      await read(ctx, fileId, work.layout, work.state)
    }
  } catch (error) {
    if (!(error instanceof ImportError)) throw error
    await settle(ctx.sql, fileId, { state: 'failed', message: error.message }, ctx.now())
  }
}

async function read(ctx: Ctx, fileId: string, layout: Layout, state: 'checking' | 'running'): Promise<void> {
  const file = await fetchFile(ctx, fileId)
  const errorsFile = errorsPath(ctx, fileId)
  let told = 0
  const options: ImportOptions = {
    file,
    layout,
    errorsFile,
    chunkRows: CHUNK_ROWS,
    now: ctx.now,
    onProgress: ({ rows, share }) => {
      if (Date.now() - told < AGAIN_MS) return
      told = Date.now()
      void saveProgress(ctx.sql, fileId, rows, share).catch(() => undefined) // The next one tells it too.
    },
  }
  if (state === 'checking') {
    const { rows, counts, would } = await checkOrders(ctx.sql, options)
    await settle(
      ctx.sql,
      fileId,
      { state: 'checked', rows, counts, would, ...(await errorsOf(errorsFile, counts)) },
      ctx.now(),
    )
    return
  }
  const { id: orderImportId, rows, counts, alreadyDone } = await importOrders(ctx.sql, options)
  await keepLayout(ctx.sql, headingsKey(await headingsOf(file)), layout, ctx.now())
  const matched = await matchBuyers(ctx.sql, layout.source, ctx.now())
  const errors = alreadyDone ? {} : await errorsOf(errorsFile, counts)
  const message = alreadyDone ? { message: '这个文件之前已经导入过，没有改动' } : {}
  await settle(
    ctx.sql,
    fileId,
    { state: 'finished', rows, counts, matched, orderImportId, ...message, ...errors },
    ctx.now(),
  )
  await dropFiles(ctx, fileId)
}

async function headingsOf(file: string): Promise<string[]> {
  const { records } = await openRecords(file)
  const first = await records.next()
  await records.return(undefined)
  return first.done ? [] : first.value.fields.map((name) => name.trim())
}

/** The beginning of the file of rows left out, where there are any. */
async function errorsOf(path: string, counts: Record<string, number>): Promise<{ errors?: string }> {
  if (Object.keys(counts).every((reason) => reason === 'stored')) return {}
  const text = await readFile(path, 'utf8')
  return { errors: text.length <= MOST_ERRORS ? text : text.slice(0, text.lastIndexOf('\n', MOST_ERRORS) + 1) }
}

/** A month later nothing of a file is left but what became of it. */
export async function cleanImports(ctx: Ctx): Promise<void> {
  await deleteOldParts(ctx.sql, ctx.now())
  await dropOldFiles(ctx)
}
