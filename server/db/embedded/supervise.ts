/** Looks every second whether Postgres is still there, and brings it back when it was killed (out of memory, say). */
export function supervise(
  gone: () => boolean,
  revive: () => Promise<void>,
  log: (line: string) => void,
): { stop(): Promise<void> } {
  let stopped = false
  let reviving: Promise<void> | undefined
  const timer = setInterval(() => {
    if (stopped || reviving || !gone()) return
    log('PostgreSQL 意外退出，正在重新启动（the database ended unexpectedly and is being started again）')
    reviving = revive()
      .catch((error: Error) => log(error.message))
      .finally(() => (reviving = undefined))
  }, 1_000)
  timer.unref()
  return {
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await reviving
    },
  }
}
