import { lineReader } from './line.ts'
import { type Layout, locate } from './mapping.ts'
import { openRecords } from './records.ts'

const DAY = 86_400_000

/**
 * Milliseconds, in whole days, to add to every date of the file so that its last order falls on `day` (`2026-03-11`, on the file's own
 * clock); undefined when no row can be read. Reads the file once.
 */
export async function shiftToDay(file: string, layout: Layout, day: string): Promise<number | undefined> {
  const { records } = await openRecords(file)
  const heading = await records.next()
  if (heading.done) return undefined
  const headings = heading.value.fields.map((name) => name.trim())
  const read = lineReader(layout, locate(layout.mapping, headings))
  let last: number | undefined
  for await (const { fields } of records) {
    const line = read(fields)
    if (typeof line !== 'string') last = Math.max(last ?? line.at, line.at)
  }
  return last === undefined ? undefined : wholeDays(last, day, layout.utcOffset)
}

/** Whole days between the day of `last` (milliseconds) on that clock and `day`. */
export function wholeDays(last: number, day: string, utcOffset: number): number {
  const lastDay = Math.floor((last + utcOffset * 60_000) / DAY) * DAY
  return Date.parse(`${day}T00:00:00Z`) - lastDay
}
