import { hash } from 'node:crypto'
import type { ImportRun, Layout } from '#shared/imports.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { AppError } from '#server/errors.ts'
import { enqueue } from '#server/jobs/enqueue.ts'
import { record } from '../audit/service.ts'
import { decide, ImportError, kindOf, openRecords, selectConflicts, selectRates } from '../orders/service.ts'
import { fetchFile } from './file.ts'
import { guessMapping } from './guess.ts'
import { insertFile, insertPart, moveTo, selectErrors, selectImport, selectImports, selectLayout } from './queries.ts'

const HISTORY = 50
const PREVIEW_ROWS = 20
const MOST_CONFLICTS = 100
const CHINA_MINUTES = 480

interface Wanted {
  importId: string
}

async function found(ctx: Ctx, id: string): Promise<ImportRun> {
  const one = await selectImport(ctx.sql, id)
  if (!one) throw new AppError('not_found', '没有找到这次导入')
  return one
}

export async function beginUpload(ctx: Ctx, { file: id, name, size }: { file: string; name: string; size: number }) {
  await insertFile(ctx.sql, { id, userId: memberOf(ctx), name, size }, ctx.now())
  return await found(ctx, id)
}

export async function uploadPart(ctx: Ctx, { importId, part, content }: Wanted & { part: number; content: string }) {
  const { state } = await found(ctx, importId)
  if (state === 'uploading') await insertPart(ctx.sql, importId, part, content)
  return await found(ctx, importId)
}

export const listImports = async (ctx: Ctx) => ({
  imports: await selectImports(ctx.sql, HISTORY),
  rates: await selectRates(ctx.sql),
})

export const readImport = (ctx: Ctx, { importId }: Wanted) => found(ctx, importId)

/** Under which a layout is remembered. */
export const headingsKey = (headings: readonly string[]): string => hash('sha256', JSON.stringify(headings))

/** The first rows and how to read them. 400 with a sentence where the file cannot be read. */
export async function previewImport(ctx: Ctx, { importId }: Wanted) {
  const { state } = await found(ctx, importId)
  if (state === 'uploading') throw new AppError('conflict', '文件还没传完')
  const path = await fetchFile(ctx, importId)
  try {
    const what = await kindOf(path)
    const { records } = await openRecords(path, what)
    const read: string[][] = []
    for await (const { fields } of records) {
      read.push(fields)
      if (read.length > PREVIEW_ROWS) break
    }
    const [first, ...rows] = read
    if (!first) throw new ImportError('文件是空的')
    const headings = first.map((name) => name.trim())
    const remembered = await selectLayout(ctx.sql, headingsKey(headings))
    const guessed = {
      source: 'shop',
      currency: 'CNY',
      utcOffset: CHINA_MINUTES,
      refundPrefix: 'C',
      mapping: guessMapping(headings),
    }
    const { kind, encoding } = what
    const mapping = Object.fromEntries(
      Object.entries(remembered?.mapping ?? {}).filter((pair): pair is [string, string] => pair[1] !== undefined),
    )
    return {
      kind,
      encoding,
      headings,
      rows,
      remembered: remembered !== undefined,
      layout: remembered ? { ...remembered, mapping } : guessed,
    }
  } catch (error) {
    if (error instanceof ImportError) throw new AppError('invalid_input', error.message, { cause: error })
    throw error
  }
}

const READY: ImportRun['state'][] = ['uploaded', 'checked', 'failed']

/** The state, the job and the audit row are one transaction; twice is once. */
async function begin(
  ctx: Ctx,
  id: string,
  from: ImportRun['state'][],
  to: 'checking' | 'running' | 'undoing',
  layout: Layout | null,
): Promise<ImportRun> {
  const before = await found(ctx, id)
  if (before.state === to) return before
  await ctx.sql.begin(async (tx) => {
    if (!(await moveTo(tx, id, from, to, layout))) throw new AppError('conflict', '这次导入现在不能这样做，请刷新看看')
    await enqueue(tx, 'imports.work', { fileId: id }, { key: `import ${id}` })
    if (to !== 'checking')
      await record(tx, memberOf(ctx), {
        action: `orders.${to === 'running' ? 'imported' : 'import_undone'}`,
        subject: before.name,
      })
  })
  return await found(ctx, id)
}

export const checkImport = (ctx: Ctx, { importId, layout }: Wanted & { layout: Layout }) =>
  begin(ctx, importId, READY, 'checking', layout)
export const runImport = (ctx: Ctx, { importId, layout }: Wanted & { layout: Layout }) =>
  begin(ctx, importId, READY, 'running', layout)
export const undoImport = (ctx: Ctx, { importId }: Wanted) => begin(ctx, importId, ['finished'], 'undoing', null)

export async function readImportErrors(ctx: Ctx, { importId }: Wanted) {
  const csv = await selectErrors(ctx.sql, importId)
  if (csv === undefined) throw new AppError('not_found', '没有找到这次导入')
  return { csv: csv ?? '' }
}

export const listConflicts = async (ctx: Ctx) => ({ conflicts: await selectConflicts(ctx.sql, MOST_CONFLICTS) })

export async function decideConflict(ctx: Ctx, { buyer, customer }: { buyer: string; customer: string | null }) {
  return await ctx.sql.begin(async (tx) => {
    if (!(await decide(tx, buyer, customer, ctx.now())))
      throw new AppError('not_found', '没有这样的待定匹配，可能刚被处理')
    await record(tx, memberOf(ctx), { action: 'buyer.matched', subject: customer ?? '', detail: { buyer } })
    return { ok: true as const }
  })
}
