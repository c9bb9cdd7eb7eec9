/** How many ties ended, and how many were last seen alive, after so many days. */
export interface Lived {
  days: number
  ended: number
  standing: number
}

/**
 * The Kaplan–Meier estimate (Kaplan & Meier 1958): S(t) = Π over t_i ≤ t of (1 − d_i / n_i), with d_i ends among n_i ties under observation. A tie that
 * still stands is censored at its age, after the ends of that day.
 */
export function survivalOf(lived: readonly Lived[]): { day: number; share: number; atRisk: number }[] {
  let atRisk = lived.reduce((sum, one) => sum + one.ended + one.standing, 0)
  if (atRisk === 0) return []
  let share = 1
  const points = [{ day: 0, share, atRisk }]
  for (const { days, ended, standing } of [...lived].sort((a, b) => a.days - b.days)) {
    if (ended > 0) {
      share *= 1 - ended / atRisk
      points.push({ day: days, share, atRisk })
    }
    atRisk -= ended + standing
  }
  return points
}

/** The estimate every `step` days, up to the oldest tie or so many points; `atRisk`: ties that had lived at least so long. */
export function survivalAt(lived: readonly Lived[], step: number, most: number): ReturnType<typeof survivalOf> {
  if (lived.length === 0) return []
  const curve = survivalOf(lived)
  const oldest = Math.max(...lived.map((one) => one.days))
  return Array.from({ length: Math.min(most, Math.floor(oldest / step) + 1) }, (_, i) => {
    const day = i * step
    const atRisk = lived.reduce((sum, one) => (one.days >= day ? sum + one.ended + one.standing : sum), 0)
    return { day, share: curve.findLast((point) => point.day <= day)!.share, atRisk }
  })
}
