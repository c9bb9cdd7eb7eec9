/** How often somebody buys, as a word beside the tastes: `days` between two purchases. Seldom or never says nothing. */
export function rhythmWord(days: number | null): string | null {
  if (days === null || days < 1) return null
  if (days <= 35) return 'rhythm:month'
  if (days <= 100) return 'rhythm:quarter'
  return days <= 200 ? 'rhythm:half' : null
}
