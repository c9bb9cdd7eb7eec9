import { randomInt } from 'node:crypto'
import type { CommentId, NoteId, SampleId } from '#shared/ids.ts'
import type { ReviewNote, ReviewTab, Scores, Verdict } from '#shared/review.ts'
import { DAY_MS, SHOP_MS } from '#shared/shop-time.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { cutPage, readCursor, writeCursor } from '#server/db/cursor.ts'
import { derivedId } from '#server/db/derived-id.ts'
import type { Runner } from '#server/db/json.ts'
import { AppError } from '#server/errors.ts'
import { countOpening, record } from '../audit/service.ts'
import { checkNote } from '../checks/service.ts'
import { addTemplate } from '../notes/service.ts'
import {
  countItems,
  deleteComment,
  insertComment,
  insertVerdict,
  markRead,
  selectComments,
  selectItem,
  selectItems,
  selectReviewNote,
  selectStores,
  undoVerdictRow,
} from './queries.ts'
import { countPassed, passRest, selectSample, writeSample } from './samples.ts'
import { tellAuthor, tellEscalated, tellMentioned } from './tell.ts'

const PAGE = 50
const NOTE = /^[0-9a-f-]{36}$/
const MOST_SAMPLED = 2_000
const noSuchNote = () => new AppError('not_found', '没有找到这条跟进')

interface Filters {
  verdict?: Verdict | undefined
  days?: '1' | '7' | '30' | undefined
  store?: string | undefined
  q?: string | undefined
}
interface NoteOf {
  ledNoteId: NoteId
}

/** Whole days by the shop's clock, today counted. */
function wantedOf(ctx: Ctx, { days = '7', store, q, verdict }: Filters) {
  const midnight = Math.floor((ctx.now().getTime() + SHOP_MS) / DAY_MS) * DAY_MS - SHOP_MS
  const since = new Date(midnight - (Number(days) - 1) * DAY_MS)
  return { since, store: store === undefined ? null : Number(store), q: q?.trim() || null, verdict: verdict ?? null }
}

export async function listReview(
  ctx: Ctx,
  { tab, cursor, ...filters }: Filters & { tab: ReviewTab; cursor?: string | undefined },
) {
  const me = memberOf(ctx)
  const wanted = wantedOf(ctx, filters)
  const after = cursor === undefined ? null : readCursor(cursor, NOTE)
  const first = after === null
  const [found, counts, stores] = await Promise.all([
    selectItems(ctx.sql, me, tab, wanted, after, PAGE + 1),
    first ? countItems(ctx.sql, me, wanted) : null,
    first ? selectStores(ctx.sql, me) : null,
  ])
  const { rows, nextCursor } = cutPage(found, PAGE, ({ item }) =>
    writeCursor({ at: item.createdAt.replace('+00:00', 'Z'), id: item.noteId }),
  )
  return { items: rows.map(({ item }) => item), nextCursor, counts, stores }
}

/** Held against the rules once more, for a next step may have come since; the first look at a text is recorded. */
export async function readReviewNote(ctx: Ctx, { ledNoteId }: NoteOf): Promise<ReviewNote> {
  const me = memberOf(ctx)
  const item = await selectItem(ctx.sql, me, ledNoteId)
  if (!item) throw noSuchNote()
  await countOpening(ctx, item.customerId)
  return await ctx.sql.begin(async (tx) => {
    if (item.verdict === null) await checkNote(tx, ledNoteId)
    const note = await selectReviewNote(tx, me, ledNoteId)
    if (!note) throw noSuchNote()
    if (await markRead(tx, me, ledNoteId, note.item.version, ctx.now()))
      await record(tx, me, {
        action: 'note.read_as_manager',
        subject: note.item.customerId,
        detail: { followerId: note.item.author.userId, noteId: ledNoteId, version: note.item.version },
      })
    return note
  })
}

const commentOf = (review: string): string => derivedId(`comment of review ${review}`)

/** The verdict, its comment and the message to the author are one transaction. */
export async function judgeNote(
  ctx: Ctx,
  {
    ledNoteId,
    ...given
  }: NoteOf & {
    review: string
    version: number
    verdict: Verdict
    scores: Scores | null
    comment: string | null
    replyTo: CommentId | null
    mentions: string[]
  },
) {
  const me = memberOf(ctx)
  return await ctx.sql.begin(async (tx) => {
    const item = await selectItem(tx, me, ledNoteId, true)
    if (!item) throw noSuchNote()
    if (item.version !== given.version)
      throw new AppError('conflict', `${item.author.name}刚改过这条跟进，请看过新的再审`)
    const { review: id, version, verdict, scores, comment, replyTo, mentions } = given
    const people = verdict === 'escalated' || mentions.length > 0 ? await callable(tx, me, ledNoteId, mentions) : []
    const verdictRow = { id, noteId: ledNoteId, version, verdict, scores, by: me }
    if (await insertVerdict(tx, verdictRow, ctx.now())) {
      if (comment !== null) {
        const words = { id: commentOf(id), noteId: ledNoteId, userId: me, replyTo, body: comment, mentions }
        await insertComment(tx, words, ctx.now())
      }
      if (verdict === 'returned' || comment !== null) await tellAuthor(ctx, tx, item, verdict, comment, id)
      if (comment !== null) await tellMentioned(ctx, tx, item, { body: comment, mentions }, id)
      if (verdict === 'escalated') {
        const others = people.filter((userId) => !mentions.includes(userId))
        await tellEscalated(ctx, tx, item, others, comment, id)
      }
      await record(tx, me, {
        action: `note.${verdict}`,
        subject: item.customerId,
        detail: { followerId: item.author.userId, noteId: ledNoteId, version },
      })
    }
    return { item: (await selectItem(tx, me, ledNoteId))! }
  })
}

/** Whom a comment on this note may call; 400 where it calls somebody else. */
async function callable(tx: Runner, me: string, noteId: NoteId, mentions: string[]): Promise<string[]> {
  const note = await selectReviewNote(tx, me, noteId)
  if (!note) throw noSuchNote()
  const people = note.people.map(({ userId }) => userId)
  if (mentions.some((userId) => !people.includes(userId)))
    throw new AppError('invalid_input', '只能 @ 写这条跟进的人和其他能看到它的负责人')
  return people
}

/** 409 where somebody judged since, or it is taken back already. */
export async function undoVerdict(ctx: Ctx, { ledNoteId, review }: NoteOf & { review: string }) {
  const me = memberOf(ctx)
  return await ctx.sql.begin(async (tx) => {
    const item = await selectItem(tx, me, ledNoteId, true)
    if (!item) throw noSuchNote()
    if (!(await undoVerdictRow(tx, review, ledNoteId, me, ctx.now())))
      throw new AppError('conflict', '这次审阅撤不回来了：已撤销过，或别人又审了')
    await deleteComment(tx, commentOf(review))
    await record(tx, me, { action: 'note.verdict_undone', subject: item.customerId, detail: { noteId: ledNoteId } })
    return { item: (await selectItem(tx, me, ledNoteId))! }
  })
}

export async function commentNote(
  ctx: Ctx,
  {
    ledNoteId,
    comment: id,
    ...said
  }: NoteOf & { comment: CommentId; body: string; replyTo: string | null; mentions: string[] },
) {
  const me = memberOf(ctx)
  return await ctx.sql.begin(async (tx) => {
    const item = await selectItem(tx, me, ledNoteId)
    if (!item) throw noSuchNote()
    await callable(tx, me, ledNoteId, said.mentions)
    if (await insertComment(tx, { id, noteId: ledNoteId, userId: me, ...said }, ctx.now())) {
      await tellAuthor(ctx, tx, item, null, said.body, null)
      await tellMentioned(ctx, tx, item, said, null)
    }
    return { comments: await selectComments(tx, ledNoteId) }
  })
}

export async function keepAsTemplate(ctx: Ctx, { ledNoteId, title, body }: NoteOf & { title: string; body: string }) {
  const me = memberOf(ctx)
  return await ctx.sql.begin(async (tx) => {
    const note = await selectReviewNote(tx, me, ledNoteId)
    if (!note) throw noSuchNote()
    await addTemplate(tx, { title, body, stageId: note.stage?.id ?? null })
    await record(tx, me, { action: 'note_template.added', subject: title, detail: { noteId: ledNoteId } })
    return { ok: true as const }
  })
}

/** By chance, and the same for one id. */
export async function drawSample(ctx: Ctx, { sample, ...filters }: Filters & { sample: SampleId }) {
  const me = memberOf(ctx)
  const found = await selectItems(ctx.sql, me, 'low', wantedOf(ctx, filters), null, MOST_SAMPLED)
  const ids = found.map(({ item }) => item.noteId)
  const size = Math.min(ids.length, Math.max(3, Math.ceil(ids.length / 10)))
  for (let i = 0; i < size; i++) {
    const j = randomInt(i, ids.length)
    ;[ids[i], ids[j]] = [ids[j]!, ids[i]!]
  }
  const draw = await writeSample(ctx.sql, sample, me, ids.slice(0, size), ids.slice(size), ctx.now())
  if (!draw) throw new AppError('conflict', '这次抽查的编号已经用过了，请重新抽')
  const items = await Promise.all(draw.drawn.map((id) => selectItem(ctx.sql, me, id)))
  return { items: items.filter((item) => item !== undefined), rest: draw.rest.length }
}

export async function passSample(ctx: Ctx, { sampleId }: { sampleId: SampleId }) {
  const me = memberOf(ctx)
  return await ctx.sql.begin(async (tx) => {
    const sample = await selectSample(tx, sampleId, me, true)
    if (!sample) throw new AppError('not_found', '没有找到这次抽查')
    if (sample.passed) return { passed: 0 }
    const waiting = sample.drawn.length - (await countPassed(tx, sample.drawn))
    if (waiting > 0) throw new AppError('conflict', `抽到的还有 ${waiting} 条没通过，不能代表其余的`)
    const mine: string[] = []
    for (const id of sample.rest) if (await selectItem(tx, me, id)) mine.push(id)
    const passed = await passRest(tx, mine, me, sampleId, ctx.now())
    await record(tx, me, { action: 'notes.passed_by_sample', detail: { looked: sample.drawn.length, passed } })
    return { passed }
  })
}
