import type { SyncRun } from '#shared/operations.ts'
import { toDate } from '#web/lib/time.ts'

/** How a run goes at `now`. `leftSeconds` by the members still to read; null before the first is done. */
export interface Progress {
  seconds: number
  perSecond: number
  share: number
  leftSeconds: number | null
}

/** What failed in a run, by WeCom's errcode; empty when nothing did. */
export const causesOf = ({ causes }: SyncRun): string =>
  Object.entries(causes)
    .map(([code, n]) => `${code} × ${n}`)
    .join('、')

export function progressOf(run: SyncRun, now: string): Progress {
  const seconds = Math.max((toDate(run.finishedAt ?? now).getTime() - toDate(run.startedAt).getTime()) / 1000, 0.001)
  const over = run.membersDone + run.membersFailed
  return {
    seconds,
    perSecond: Math.round(run.customers / seconds),
    share: run.members === 0 ? (run.finishedAt ? 1 : 0) : over / run.members,
    leftSeconds: over === 0 ? null : (seconds / over) * (run.members - over),
  }
}
