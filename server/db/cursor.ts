import { AppError } from '../errors.ts'

/** A row's place in a list ordered by a moment and an id: after which one a page begins. */
export interface Place {
  at: string
  id: string
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|\+00:00)$/

/** An opaque text of a place. Microseconds travel as text: a JavaScript Date would cut them off. */
export const writeCursor = ({ at, id }: Place): string => Buffer.from(`${at}~${id}`).toString('base64url')

/** 400 for anything that `writeCursor` did not write; `id` says what an id of this list looks like. */
export function readCursor(cursor: string, id: RegExp): Place {
  const [at = '', ...rest] = Buffer.from(cursor, 'base64url').toString('utf8').split('~')
  const place = { at, id: rest.join('~') }
  if (!INSTANT.test(at) || Number.isNaN(Date.parse(at)) || !id.test(place.id)) {
    throw new AppError('invalid_input', '翻页位置无效，请从头打开')
  }
  return place
}

/** Of rows read for a page, one more than it holds where another follows: the page, and where the next begins. */
export function cutPage<Row>(found: Row[], size: number, cursorOf: (last: Row) => string) {
  const rows = found.slice(0, size)
  const last = rows.at(-1)
  return { rows, nextCursor: found.length > size && last !== undefined ? cursorOf(last) : null }
}
