import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ctx } from '#server/context.ts'
import { keptFiles, selectPart, selectParts } from './queries.ts'

const placeOf = (ctx: Ctx): string => join(ctx.config.dataDir, 'imports')

/** The uploaded file on this node's disk, put together from its parts unless it is there already. */
export async function fetchFile(ctx: Ctx, id: string): Promise<string> {
  const parts = await selectParts(ctx.sql, id)
  const size = parts.reduce((sum, part) => sum + part.bytes, 0)
  await mkdir(placeOf(ctx), { recursive: true })
  const path = join(placeOf(ctx), id)
  const there = await stat(path).catch(() => undefined)
  if (there?.size === size) return path
  const handle = await open(path, 'w')
  try {
    for (const { part } of parts) await handle.write(await selectPart(ctx.sql, id, part))
  } finally {
    await handle.close()
  }
  return path
}

export const errorsPath = (ctx: Ctx, id: string): string => join(placeOf(ctx), `${id}.errors.csv`)

export async function dropFiles(ctx: Ctx, id: string): Promise<void> {
  for (const path of [join(placeOf(ctx), id), errorsPath(ctx, id)]) await rm(path, { force: true })
}

const ID = /^[0-9a-f-]{36}/

/** What this node's disk still has of files whose bytes are gone: of those never imported, or imported by another node. */
export async function dropOldFiles(ctx: Ctx): Promise<void> {
  const names = await readdir(placeOf(ctx)).catch(() => [])
  const ids = [...new Set(names.flatMap((name) => ID.exec(name) ?? []))]
  const kept = await keptFiles(ctx.sql, ids)
  for (const id of ids) if (!kept.has(id)) await dropFiles(ctx, id)
}
