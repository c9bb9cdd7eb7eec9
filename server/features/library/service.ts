import { randomUUID } from 'node:crypto'
import type { ReplyId } from '#shared/ids.ts'
import type { Library } from '#shared/library.ts'
import type { ReplyPart } from '#shared/replies.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { derivedId } from '#server/db/derived-id.ts'
import type { Runner } from '#server/db/json.ts'
import { AppError } from '#server/errors.ts'
import { allReadings } from '#server/pinyin.ts'
import { record } from '../audit/service.ts'
import { maySend, shareAssets } from '../media/service.ts'
import {
  changeMany,
  folderExists,
  selectLibrary,
  selectUsers,
  writeFolders,
  writeOrder,
  writeReply,
} from './queries.ts'

const ok = { ok: true as const }
const told = (ctx: Ctx, tx: Runner, what: string, detail: Record<string, unknown>) =>
  record(tx, memberOf(ctx), { action: `library.${what}`, subject: 'library', detail })

export const readLibrary = (ctx: Ctx): Promise<Library> => selectLibrary(ctx.sql)

export const readReplyUsers = async (ctx: Ctx, { replyId }: { replyId: ReplyId }) => ({
  users: await selectUsers(ctx.sql, replyId),
})

export async function saveReply(
  ctx: Ctx,
  {
    reply: id,
    ...words
  }: {
    reply: ReplyId
    folder: string | null
    title: string
    parts: ReplyPart[]
    departments: number[]
    validFrom: string | null
    validUntil: string | null
  },
) {
  const assets = words.parts.flatMap((part) => ('assetId' in part ? [part.assetId] : []))
  if (assets.length > 0 && !(await maySend(ctx.sql, memberOf(ctx), [...new Set(assets)])))
    throw new AppError('invalid_input', '有图片或文件找不到了，请重新添加')
  if (words.folder !== null && !(await folderExists(ctx.sql, words.folder)))
    throw new AppError('invalid_input', '没有这个文件夹，请刷新后再选')
  if (words.validFrom && words.validUntil && Date.parse(words.validUntil) <= Date.parse(words.validFrom))
    throw new AppError('invalid_input', '失效时间要晚于生效时间')
  return await ctx.sql.begin(async (tx) => {
    if (!(await writeReply(tx, { id, ...words, ...allReadings(words.title) }, ctx.now())))
      throw new AppError('conflict', '这个编号是某位成员自己的话术，请重新新建')
    await shareAssets(tx, memberOf(ctx), assets)
    await told(ctx, tx, 'reply_saved', { title: words.title })
    return ok
  })
}

export async function saveFolders(ctx: Ctx, { folders }: { folders: { id: string; name: string }[] }) {
  const twice = folders.find(({ id, name }, i) => folders.findIndex((one) => one.id === id || one.name === name) !== i)
  if (twice) throw new AppError('invalid_input', `有两个文件夹都叫「${twice.name}」`)
  return await ctx.sql.begin(async (tx) => {
    await writeFolders(tx, folders)
    await told(ctx, tx, 'folders_saved', { names: folders.map((folder) => folder.name) })
    return ok
  })
}

export async function orderLibrary(ctx: Ctx, { replies }: { replies: ReplyId[] }) {
  await writeOrder(ctx.sql, replies)
  return ok
}

type Change =
  | { kind: 'move'; folder: string | null }
  | { kind: 'until'; validUntil: string | null }
  | { kind: 'delete' }

export async function changeLibrary(ctx: Ctx, { replies, change }: { replies: ReplyId[]; change: Change }) {
  if (change.kind === 'move' && change.folder !== null && !(await folderExists(ctx.sql, change.folder)))
    throw new AppError('invalid_input', '没有这个文件夹，请刷新后再选')
  const value = change.kind === 'move' ? change.folder : change.kind === 'until' ? change.validUntil : null
  return await ctx.sql.begin(async (tx) => {
    const changed = await changeMany(tx, replies, change.kind, value, ctx.now())
    await told(ctx, tx, `replies_${change.kind}`, { changed })
    return { changed }
  })
}

interface Row {
  folder: string
  title: string
  text: string
}

/** By folder and title; all rows or none. The same table again changes nothing. */
export async function importLibrary(ctx: Ctx, { rows, check }: { rows: Row[]; check: boolean }) {
  const { folders, replies } = await selectLibrary(ctx.sql)
  const folderOf = new Map(folders.map((folder) => [folder.name, folder.id]))
  const names = new Set(rows.map((row) => row.folder).filter((name) => name !== '' && !folderOf.has(name)))
  for (const name of names) folderOf.set(name, derivedId(`folder ${name}`))
  const there = new Map(replies.map((reply) => [`${reply.folderId ?? ''} ${reply.title}`, reply]))
  const sums = { fresh: 0, changed: 0, same: 0, folders: names.size }
  const wanted = rows.flatMap((row) => {
    const folder = row.folder === '' ? null : folderOf.get(row.folder)!
    const known = there.get(`${folder ?? ''} ${row.title}`)
    const [first, ...others] = known?.parts ?? []
    const same = first?.type === 'text' && first.text === row.text
    sums[known ? (same ? 'same' : 'changed') : 'fresh']++
    if (same) return []
    const text = { type: 'text' as const, text: row.text }
    const kept = first === undefined || first.type === 'text' ? others : [first, ...others]
    const { departments = [], validFrom = null, validUntil = null } = known ?? {}
    return [
      {
        id: known?.id ?? randomUUID(),
        folder,
        title: row.title,
        parts: [text, ...kept],
        departments,
        validFrom,
        validUntil,
      },
    ]
  })
  if (check) return sums
  return await ctx.sql.begin(async (tx) => {
    if (names.size > 0)
      await writeFolders(tx, [...folders, ...[...names].map((name) => ({ id: folderOf.get(name), name }))])
    for (const words of wanted) await writeReply(tx, { ...words, ...allReadings(words.title) }, ctx.now())
    await told(ctx, tx, 'imported', sums)
    return sums
  })
}
