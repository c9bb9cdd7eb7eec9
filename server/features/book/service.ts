import type { BookFilters } from '#shared/book.ts'
import type { ViewId } from '#shared/ids.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { cutPage, readCursor, writeCursor } from '#server/db/cursor.ts'
import { AppError } from '#server/errors.ts'
import { readings } from '#server/pinyin.ts'
import {
  countBook,
  countOtherViews,
  deleteViewRow,
  type Kit,
  selectBook,
  selectKit,
  selectUnread,
  writeSearch,
  writeView,
} from './queries.ts'

export { cutOf, SORTS } from './queries.ts'

const PAGE = 50
const CUSTOMER = /^[\x21-\x7e]{1,64}$/
const AT_ONCE = 1_000
const PATIENCE_MS = 20_000
const MOST_VIEWS = 20

/** The caller's own customers. The count is made with the first page only. */
export async function listBook(ctx: Ctx, { cursor, ...filters }: BookFilters & { cursor?: string | undefined }) {
  const wanted = { userId: memberOf(ctx), filters, now: ctx.now() }
  const after = cursor === undefined ? null : readCursor(cursor, CUSTOMER)
  const [found, total] = await Promise.all([
    selectBook(ctx.sql, wanted, after, PAGE + 1),
    after === null ? countBook(ctx.sql, wanted) : null,
  ])
  const { rows, nextCursor } = cutPage(found, PAGE, ({ place, customerId }) =>
    writeCursor({ at: place, id: customerId }),
  )
  return { rows, nextCursor, total }
}

export const readBookKit = (ctx: Ctx): Promise<Kit> => selectKit(ctx.sql, memberOf(ctx))

export async function saveView(
  ctx: Ctx,
  { view, name, filters }: { view: ViewId; name: string; filters: BookFilters },
) {
  const userId = memberOf(ctx)
  if ((await countOtherViews(ctx.sql, userId, view)) >= MOST_VIEWS)
    throw new AppError('invalid_input', `最多保存 ${MOST_VIEWS} 个视图，请先删一个`)
  if (!(await writeView(ctx.sql, { id: view, userId, name, filters }, ctx.now())))
    throw new AppError('conflict', '这个视图的编号已经用过了，请重新保存')
  return { ok: true as const }
}

export async function deleteView(ctx: Ctx, { viewId }: { viewId: ViewId }) {
  if (!(await deleteViewRow(ctx.sql, memberOf(ctx), viewId))) throw new AppError('not_found', '没有找到这个视图')
  return { ok: true as const }
}

/** How names and remarks sound, for ties that are new or were renamed. Ends after a while; what is left is the next run's. */
export async function readNames(ctx: Ctx): Promise<void> {
  const until = Date.now() + PATIENCE_MS
  while (Date.now() < until) {
    const unread = await selectUnread(ctx.sql, AT_ONCE)
    if (unread.length === 0) return
    await writeSearch(
      ctx.sql,
      unread.map((tie) => ({ ...tie, search: searchOf(tie) })),
    )
    if (unread.length < AT_ONCE) return
  }
}

/** Every way to type somebody: their words, and how those sound, whole and by initials. */
function searchOf({ name, remark, salutation }: { name: string; remark: string; salutation: string }): string {
  const words = [...new Set([remark, name, salutation])].filter((word) => word !== '')
  const sounds = words.flatMap((word) => {
    const { pinyin, initials } = readings(word)
    return [pinyin.replaceAll(' ', ''), initials]
  })
  return [...words, ...sounds].join('\n').toLowerCase()
}
