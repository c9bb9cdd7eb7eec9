const SLOTS = 60

/**
 * Counts what went out in a sliding window and says whether one more fits: never more than `most` in any `windowMs`,
 * or than `share` of it for who asks so. `clock` in milliseconds.
 */
export function createWindow(most: number, windowMs: number, clock: () => number = () => performance.now()) {
  const width = windowMs / SLOTS
  const slots = new Map<number, number>()
  const count = () => {
    const oldest = Math.floor(clock() / width) - SLOTS
    for (const slot of slots.keys()) if (slot < oldest) slots.delete(slot)
    return [...slots.values()].reduce((sum, n) => sum + n, 0)
  }
  return {
    fits: (share = 1) => count() < most * share,
    left: (share = 1) => Math.max(0, Math.floor(most * share) - count()),
    isIdle: () => count() === 0,
    add: () => {
      const slot = Math.floor(clock() / width)
      slots.set(slot, (slots.get(slot) ?? 0) + 1)
    },
  }
}

export type Window = ReturnType<typeof createWindow>

/** Several windows at once: counts and answers true only when all have room. */
export function takeFrom(windows: Window[], share = 1): boolean {
  if (!windows.every((window) => window.fits(share))) return false
  for (const window of windows) window.add()
  return true
}
