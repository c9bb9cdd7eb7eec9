import type { CustomerId, NoteId } from '#shared/ids.ts'
import type { Note, NoteResult, Visibility } from '#shared/notes.ts'
import type { Task } from '#shared/task.ts'
import type { NewTask } from '#shared/tasks.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import type { Runner } from '#server/db/json.ts'
import { AppError, noSuchCustomer } from '#server/errors.ts'
import { checkNote } from '../checks/service.ts'
import { insertWrite } from '../outbox/service.ts'
import { addTask } from '../tasks/service.ts'
import {
  insertNote,
  type Kit,
  type NoteKey,
  type NoteWords,
  selectKit,
  selectNote,
  selectVersions,
  setDeleted,
  updateNoteRow,
} from './queries.ts'

export { addTemplate } from './templates.ts'
export { newestNoteJson, noteJson, peopleJson, readableNote } from './queries.ts'

interface Words {
  body: string
  result: NoteResult | null
  visibility: Visibility
  mentions: string[]
  files: string[]
}
interface Wanted {
  customerId: CustomerId
}

const noSuchNote = () => new AppError('not_found', '没有找到这条跟进')

/** The note, its next step and the cards to whoever is mentioned are one transaction. The same id again answers what is there. */
export async function createNote(
  ctx: Ctx,
  { customerId, note: noteId, next, ...words }: Wanted & Words & { note: NoteId; next: NewTask | null },
): Promise<{ note: Note; task: Task | null }> {
  const key = { customerId, userId: memberOf(ctx), noteId }
  const kit = await kitOf(ctx, key)
  checkMentions(kit, words)
  return await ctx.sql.begin(async (tx) => {
    const made = await insertNote(tx, key, words, ctx.now())
    const note = await selectNote(tx, key)
    if (!note?.mine) throw new AppError('conflict', '这条跟进的编号已经用过了，请重新保存')
    const task = next ? await addTask(ctx, tx, customerId, next, noteId) : null
    if (made) await tell(ctx, tx, key, kit, words.body, words.mentions)
    if (made) await checkNote(tx, noteId)
    return { note, task }
  })
}

/** 409 with the note as it is and the text that was to be saved, where somebody saved since `version`. */
export async function updateNote(
  ctx: Ctx,
  { customerId, noteId, version, ...words }: Wanted & Words & { noteId: NoteId; version: number },
): Promise<Note> {
  const key = { customerId, userId: memberOf(ctx), noteId }
  const kit = await kitOf(ctx, key)
  checkMentions(kit, words)
  return await ctx.sql.begin(async (tx) => {
    const before = await selectNote(tx, key)
    if (!before?.mine) throw noSuchNote()
    if (!(await updateNoteRow(tx, key, version, words, ctx.now()))) {
      const current = (await selectNote(tx, key)) ?? before
      throw new AppError('conflict', '这条跟进已在别处改过，请对照后再保存', {
        details: { current, yours: words.body },
      })
    }
    const known = new Set(before.mentions.map((person) => person.userId))
    await tell(
      ctx,
      tx,
      key,
      kit,
      words.body,
      words.mentions.filter((id) => !known.has(id)),
    )
    await checkNote(tx, noteId)
    return (await selectNote(tx, key))!
  })
}

async function kitOf(ctx: Ctx, { customerId, userId }: NoteKey): Promise<Kit> {
  const kit = await selectKit(ctx.sql, customerId, userId)
  if (!kit) throw noSuchCustomer()
  return kit
}

/** Only who may read the note anyway can be called to it. */
function checkMentions(kit: Kit, { mentions, visibility }: NoteWords): void {
  if (mentions.length > 0 && visibility === 'private')
    throw new AppError('invalid_input', '「仅自己」的跟进不能 @ 同事，请改成团队或上级可见')
  for (const id of mentions) {
    const person = kit.colleagues.find((one) => one.userId === id)
    if (!person) throw new AppError('invalid_input', '只能 @ 也在跟进这位客户的同事和你的上级')
    if (visibility === 'manager' && !person.leads)
      throw new AppError('invalid_input', `「${person.name}」看不到「上级可见」的跟进，请改成团队可见`)
  }
}

async function tell(ctx: Ctx, tx: Runner, key: NoteKey, kit: Kit, body: string, mentions: string[]): Promise<void> {
  for (const to of new Set(mentions)) {
    const follows = kit.colleagues.find((one) => one.userId === to)?.follows
    const path = follows ? `/sidebar?customer=${key.customerId}` : '/desk'
    const card = {
      to,
      title: `${kit.myName} 在跟进里提到了你`,
      small: kit.customerName,
      strong: body.slice(0, 120),
      path,
    }
    await insertWrite(tx, key, { kind: 'message', ...card }, ctx.now())
  }
}

export async function readNote(ctx: Ctx, { customerId, noteId }: Wanted & { noteId: NoteId }) {
  const note = await selectNote(ctx.sql, { customerId, userId: memberOf(ctx), noteId })
  if (!note) throw noSuchNote()
  return { ...note, versions: note.mine ? await selectVersions(ctx.sql, noteId) : [] }
}

/** Puts the caller's own note away or back. Twice is once. */
export async function setNoteDeleted(
  ctx: Ctx,
  { customerId, noteId, deleted }: Wanted & { noteId: NoteId; deleted: boolean },
) {
  if (!(await setDeleted(ctx.sql, { customerId, userId: memberOf(ctx), noteId }, deleted, ctx.now())))
    throw noSuchNote()
  return { ok: true as const }
}

export async function readNoteKit(ctx: Ctx, { customerId }: Wanted) {
  const kit = await selectKit(ctx.sql, customerId, memberOf(ctx))
  if (!kit) throw noSuchCustomer()
  return { templates: kit.templates, colleagues: kit.colleagues.map(({ userId, name }) => ({ userId, name })) }
}
