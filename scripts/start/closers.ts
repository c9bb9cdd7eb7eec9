/** What to undo at the end, last opened first. */
export interface Closers {
  /** `patience` ms at most, so that one that hangs does not keep the others from ending. */
  add(patience: number, close: () => Promise<void>): void
  /** Closes everything, then throws the first failure if there was one. */
  closeAll(): Promise<void>
}

export function closers(): Closers {
  const stack: { patience: number; close: () => Promise<void> }[] = []
  return {
    add: (patience, close) => void stack.push({ patience, close }),
    closeAll: async () => {
      const failures: unknown[] = []
      for (const { patience, close } of stack.splice(0).toReversed()) {
        await atMost(patience, close()).catch((error: unknown) => failures.push(error))
      }
      if (failures.length > 0) throw failures[0]
    },
  }
}

/** Waits for work, but not for ever: after `ms` the wait ends, though the work may not have. */
export async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise((resolve) => (timer = setTimeout(resolve, ms)))
  await Promise.race([work, patience]).finally(() => clearTimeout(timer))
}
