import { AppError } from '#server/errors.ts'
import type { Place } from './queries.ts'

const SHAPE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|\+00:00))~(\d{1,18})$/

/** An opaque text that says after which order a page begins. Microseconds travel as text: a JavaScript Date would cut them off. */
export const writeCursor = (place: Place): string => Buffer.from(`${place.at}~${place.id}`).toString('base64url')

/** 400 for anything that `writeCursor` did not write. */
export function readCursor(cursor: string): Place {
  const [, at, id] = SHAPE.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? []
  if (!at || !id || Number.isNaN(Date.parse(at))) throw new AppError('invalid_input', '翻页位置无效，请从头打开订单')
  return { at, id }
}
