import type { GuardReason, GuardRules, GuardVerdict, TouchKind } from '#shared/guard.ts'
import type { Quiet } from '#shared/quiet.ts'
import { DAY_MS, SHOP_MS } from '#shared/shop-time.ts'
import { afterQuiet } from '../quiet/service.ts'

export const DEFAULT_RULES: GuardRules = {
  weights: { mass: 1, promotion: 0.6, service: 0.2 },
  warnAt: 1.5,
  blockAt: 3,
  weekly: 3,
  monthly: 4,
}
const HALF_LIFE_DAYS = 7
/** After eight half-lives a touch weighs less than half a percent of what it did. */
export const FORGOTTEN_DAYS = HALF_LIFE_DAYS * 8

/** In the first third of their own rhythm after a purchase hardly anybody wants the next thing. */
const TOO_SOON = 1 / 3

export interface WeighedTouch {
  at: Date
  kind: TouchKind
}

/**
 * P = Σ wᵢ · 2^(−Δᵢ / 7): every touch counts its weight and loses half of it a week (exponential decay, as advertising's adstock has it; Broadbent 1979).
 * `days` since the touch.
 */
export const pressureOf = (touches: { weight: number; days: number }[]): number =>
  touches.reduce((sum, { weight, days }) => sum + weight * 2 ** (-days / HALF_LIFE_DAYS), 0)

export interface Situation {
  /** Only sends whose outcome was ok. */
  touches: WeighedTouch[]
  rules: GuardRules
  quiet: Quiet | undefined
  refused: boolean
  /** Days between two of their purchases, the middle of them, and the last one; absent: not known. */
  rhythm?: { days: number; boughtAt: Date } | undefined
  now: Date
}

export type Judged = Pick<GuardVerdict, 'verdict' | 'pressure' | 'week' | 'reasons'>

/** What speaks for or against one more message of this kind at this moment. A service message is an answer, and always welcome. */
export function judge(kind: TouchKind, { touches, rules, quiet, refused, rhythm, now }: Situation): Judged {
  const past = touches.filter(({ at }) => at <= now)
  const daysSince = (at: Date) => (now.getTime() - at.getTime()) / DAY_MS
  // Judged as it is shown, to a thousandth.
  const pressure = round(
    pressureOf(past.map((touch) => ({ weight: rules.weights[touch.kind], days: daysSince(touch.at) }))),
  )
  const selling = past.filter((touch) => touch.kind !== 'service')
  const week = selling.filter(({ at }) => daysSince(at) < 7)
  const reasons: GuardReason[] = []
  const because = (reason: Pick<GuardReason, 'kind' | 'stops'> & Partial<GuardReason>) =>
    reasons.push({ value: null, limit: null, until: null, ...reason })
  if (kind !== 'service') {
    if (refused) because({ kind: 'refused', stops: true })
    const strong = pressure >= rules.blockAt
    if (strong || pressure >= rules.warnAt)
      because({ kind: 'pressure', stops: strong, value: pressure, limit: strong ? rules.blockAt : rules.warnAt })
    const freed = week.map(({ at }) => at.getTime()).sort((a, b) => a - b)[week.length - rules.weekly]
    if (freed !== undefined)
      because({ kind: 'weekly', stops: true, value: week.length, limit: rules.weekly, until: at(freed + 7 * DAY_MS) })
    const month = selling.filter((touch) => touch.kind === 'mass' && monthOf(touch.at) === monthOf(now))
    if (kind === 'mass' && month.length >= rules.monthly)
      because({ kind: 'monthly', stops: true, value: month.length, limit: rules.monthly })
    const since = rhythm && daysSince(rhythm.boughtAt)
    if (kind === 'promotion' && rhythm && since! >= 0 && since! < rhythm.days * TOO_SOON)
      because({
        kind: 'rhythm',
        stops: false,
        value: Math.floor(since!),
        limit: rhythm.days,
        until: at(rhythm.boughtAt.getTime() + rhythm.days * TOO_SOON * DAY_MS),
      })
    const open = afterQuiet(now, quiet)
    // A message to many waits; a person who writes at night knows whom.
    if (open > now) because({ kind: 'quiet', stops: kind === 'mass', until: open.toISOString() })
  }
  const verdict = reasons.some((reason) => reason.stops) ? 'block' : reasons.length > 0 ? 'warn' : 'allow'
  return { verdict, pressure, week: week.length, reasons }
}

const at = (ms: number): string => new Date(ms).toISOString()
const round = (value: number): number => Math.round(value * 1000) / 1000
const monthOf = (moment: Date): string => new Date(moment.getTime() + SHOP_MS).toISOString().slice(0, 7)

/** Parts of one reply are one touch: the same reply by the same member within ten minutes. `sends` oldest first. */
export function merged<T extends { at: Date; userId: string; replyId: string | null }>(sends: T[]): T[] {
  const last = new Map<string, Date>()
  return sends.filter(({ at: sentAt, userId, replyId }) => {
    if (replyId === null) return true
    const key = `${userId} ${replyId}`
    const before = last.get(key)
    last.set(key, sentAt)
    return before === undefined || sentAt.getTime() - before.getTime() > 600_000
  })
}
