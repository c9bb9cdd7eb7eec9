import { type Brief, type BriefLine, BriefPart } from '#shared/brief.ts'
import { t } from './messages.ts'

/** Where a line is from: what kind of record, when, by whom. */
export const sourceOf = ({ record, at, by }: BriefLine, day: (instant: string) => string): string =>
  [t(`from_${record.kind}`), at && day(at), by].filter(Boolean).join(' ')

/** The lines by part, in the order of the sheet; parts without any are left out. */
export const partsOf = (lines: Brief['lines']) =>
  BriefPart.options.flatMap((part) => {
    const own = lines.filter((line) => line.part === part)
    return own.length > 0 ? [{ part, lines: own }] : []
  })
